import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { nodeWorker } from './vitest.plugins'

export const alias = {
  '@shared': resolve(import.meta.dirname, 'src/shared'),
  '@engine': resolve(import.meta.dirname, 'src/main/engine'),
}

export default defineConfig({
  resolve: { alias },
  plugins: [nodeWorker({ alias })],
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'test/**/*.test.ts'],
    // With foreign readers: npm run test:interop.
    exclude: ['node_modules/**', 'test/interop/**'],
    // Worker threads of the engine run inside the test threads: two forks suit two cores.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
  },
})
