import { join } from 'node:path'
import { build } from 'vite'
import { nodeWorker } from '../../vitest.plugins'

const alias = {
  '@shared': join(import.meta.dirname, '../../src/shared'),
  '@engine': join(import.meta.dirname, '../../src/main/engine'),
}

/** Builds a program of this folder, with the engine in it, for tests that need processes of their own; gives its path. */
export async function buildProgram(name: string, folder: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'warn',
    resolve: { alias },
    plugins: [nodeWorker({ alias })],
    ssr: { noExternal: true },
    build: {
      ssr: join(import.meta.dirname, `${name}.ts`),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: `${name}.mjs` } },
    },
  })
  return join(folder, `${name}.mjs`)
}
