// npm run corpus -- FOLDER: reads any unpacked corpus through the engine and reports by feature.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

const folder = process.argv[2]
if (folder === undefined || !existsSync(join(folder, 'manifest.json'))) {
  process.stderr.write('usage: npm run corpus -- FOLDER (one that holds a manifest.json)\n')
  process.exit(2)
}
const root = join(import.meta.dirname, '..')
const { status } = spawnSync(
  process.execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'test/corpus.test.ts'],
  { cwd: root, stdio: 'inherit', env: { ...process.env, ZARRSCOPE_CORPUS: resolve(folder) } },
)
process.exit(status ?? 1)
