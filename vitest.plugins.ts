import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { build, type Plugin, type UserConfig } from 'vite'

/**
 * electron-vite implements `?nodeWorker` for builds only; this plugin does the same for vitest, so that engine
 * tests run real worker threads. Every run builds the worker anew, once per process.
 */
export function nodeWorker(resolve: NonNullable<UserConfig['resolve']>): Plugin {
  const built = new Map<string, Promise<string>>()
  const bundle = async (entry: string): Promise<string> => {
    const outDir = join(
      process.cwd(),
      'node_modules/.vitest-workers',
      createHash('sha1').update(entry).digest('hex').slice(0, 12),
      String(process.pid),
    )
    await build({
      configFile: false,
      logLevel: 'warn',
      resolve,
      // A worker may start workers itself.
      plugins: [nodeWorker(resolve)],
      ssr: { noExternal: true },
      build: {
        ssr: entry,
        outDir,
        emptyOutDir: true,
        target: 'node20',
        rolldownOptions: { output: { entryFileNames: 'worker.mjs' } },
      },
    })
    return join(outDir, 'worker.mjs')
  }
  return {
    name: 'zarrscope:node-worker',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith('?nodeWorker')) return undefined
      const entry = id.replace(/\?.*$/, '')
      const file = await (built.get(entry) ?? built.set(entry, bundle(entry)).get(entry))
      return `import { Worker } from 'node:worker_threads'
export default (options) => new Worker(${JSON.stringify(file)}, options)`
    },
  }
}
