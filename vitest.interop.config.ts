import { defineConfig } from 'vitest/config'
import { alias } from './vitest.config.ts'
import { nodeWorker } from './vitest.plugins.ts'

/** The tests that need foreign readers and writers of Zarr: `npm run test:interop`. */
export default defineConfig({
  resolve: { alias },
  plugins: [nodeWorker({ alias })],
  test: { include: ['test/interop/**/*.test.ts'], pool: 'forks', maxWorkers: 2, testTimeout: 30_000 },
})
