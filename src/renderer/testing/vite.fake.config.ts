import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const source = resolve(import.meta.dirname, '../..')

/** The window with the fake host: npx vite --config src/renderer/testing/vite.fake.config.ts, then /testing/index.fake.html. */
export default defineConfig({
  root: resolve(source, 'renderer'),
  resolve: { alias: { '@shared': resolve(source, 'shared') } },
  plugins: [react()],
  cacheDir: resolve(source, '../node_modules/.vite/fake'),
  server: { host: '127.0.0.1' },
})
