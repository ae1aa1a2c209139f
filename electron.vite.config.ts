import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'

const root = import.meta.dirname
const alias = { '@shared': resolve(root, 'src/shared'), '@engine': resolve(root, 'src/main/engine') }

export default defineConfig({
  main: {
    resolve: { alias },
    build: {
      // One bundle serves Electron (Node 24), the serve host, the command line and the library (Node 20.19+).
      target: 'node20',
      // The packaged app carries no node_modules.
      externalizeDeps: false,
      sourcemap: true,
      rolldownOptions: {
        input: {
          index: resolve(root, 'src/main/index.ts'),
          serve: resolve(root, 'src/main/serve.ts'),
          cli: resolve(root, 'src/main/cli.ts'),
          library: resolve(root, 'src/main/library.ts'),
        },
      },
    },
  },
  preload: {
    resolve: { alias },
    build: {
      externalizeDeps: false,
      // A sandboxed preload must be one CommonJS file.
      rolldownOptions: {
        input: { index: resolve(root, 'src/preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'src/renderer'),
    resolve: { alias: { '@shared': alias['@shared'] } },
    plugins: [react()],
    build: {
      minify: true,
      sourcemap: false,
      chunkSizeWarningLimit: 4000,
      rolldownOptions: { input: { index: resolve(root, 'src/renderer/index.html') } },
    },
  },
})
