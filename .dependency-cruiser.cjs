/**
 * The import rules of the house, checked by `npm run lint`. Each engine folder may import only the folders
 * listed before it; see docs/architecture.md.
 */
const ENGINE = [
  'files',
  'chunks',
  'codecs',
  'metadata',
  'stores',
  'pool',
  'cache',
  'nodes',
  'stats',
  'edits',
  'trials',
  'interop',
  'session',
]
const TESTS = '\\.(test|spec|contract)\\.tsx?$|/testing/'

const engineOrder = ENGINE.map((folder, i) => ({
  name: `engine-${folder}`,
  comment: `engine/${folder} imports only engine folders before it`,
  severity: 'error',
  from: { path: `^src/main/engine/${folder}/`, pathNot: TESTS },
  to: { path: `^src/main/engine/(${ENGINE.slice(i + 1).join('|') || 'none'})/` },
}))

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...engineOrder,
    {
      name: 'shared-is-pure',
      comment: 'src/shared knows neither DOM nor Node: only valibot and itself',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: TESTS },
      to: { pathNot: ['^src/shared/', '^node_modules/valibot/'] },
    },
    {
      name: 'engine-is-plain-node',
      comment: 'the engine imports shared, node:* and itself; codecs/ also numcodecs, interop/ also h5wasm',
      severity: 'error',
      from: { path: '^src/main/engine/', pathNot: TESTS },
      to: {
        // The worker's entry is bundled as a file of its own; the pool names it to start it.
        pathNot: [
          '^src/shared/',
          '^src/main/engine/',
          '^src/main/codec-worker\\.ts$',
          '^node_modules/(numcodecs|h5wasm)/',
        ],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'numcodecs-in-codecs-only',
      severity: 'error',
      from: { path: '^src/main/', pathNot: ['^src/main/engine/codecs/', TESTS] },
      to: { path: '^node_modules/numcodecs/' },
    },
    {
      name: 'api-and-cli-over-engine',
      severity: 'error',
      from: { path: '^src/main/(api|cli)/', pathNot: TESTS },
      to: {
        pathNot: ['^src/shared/', '^src/main/engine/', '^src/main/(api|cli)/', '^node_modules/valibot/'],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'hosts-over-api',
      severity: 'error',
      from: { path: '^src/main/hosts/', pathNot: TESTS },
      to: {
        pathNot: ['^src/shared/', '^src/main/(hosts|api)/', '^node_modules/(ws|@types/ws|valibot)/'],
        dependencyTypesNot: ['core', 'type-only'],
      },
    },
    {
      name: 'electron-at-run-time-in-the-entry-only',
      severity: 'error',
      from: { pathNot: ['^src/main/index\\.ts$', '^src/preload/', '^e2e/', TESTS] },
      to: { path: '^(node_modules/)?electron(/|$)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'renderer-over-shared',
      severity: 'error',
      from: { path: '^src/renderer/', pathNot: TESTS },
      to: { path: '^src/(main|preload)/' },
    },
    {
      name: 'renderer-is-no-node',
      severity: 'error',
      from: { path: '^src/renderer/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'preload-is-tiny',
      severity: 'error',
      from: { path: '^src/preload/' },
      to: { pathNot: ['^src/shared/rpc/', '^(node_modules/)?electron'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['\\?(nodeWorker|modulePath)$', '\\.css$'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
}
