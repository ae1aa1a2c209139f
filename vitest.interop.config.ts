import { defineConfig } from 'vitest/config'
import { alias } from './vitest.config'
import { nodeWorker } from './vitest.plugins'

/** The tests that need foreign readers and writers of Zarr: `npm run test:interop`. */
export default defineConfig({
  resolve: { alias },
  plugins: [nodeWorker({ alias })],
  test: { include: ['test/interop/**/*.test.ts'], pool: 'forks', maxWorkers: 2, testTimeout: 30_000 },
})
