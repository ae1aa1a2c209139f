import { join } from 'node:path'
import { PROJECT } from './folder.js'

/**
 * Bundles a TypeScript entry that reaches into the engine, for what the library does not offer.
 * @returns {Promise<string>} the path of the bundle, below node_modules
 */
export async function bundle(entry, name) {
  const { build } = await import('vite')
  const outDir = join(PROJECT, 'node_modules/.bench')
  await build({
    configFile: false,
    logLevel: 'error',
    root: PROJECT,
    resolve: {
      alias: { '@shared': join(PROJECT, 'src/shared'), '@engine': join(PROJECT, 'src/main/engine') },
    },
    ssr: { noExternal: true },
    build: {
      ssr: join(PROJECT, 'bench/entries', entry),
      outDir,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: `${name}.mjs`, codeSplitting: false } },
    },
  })
  return join(outDir, `${name}.mjs`)
}
