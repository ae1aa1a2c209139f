import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { nodeWorker } from './vitest.plugins.ts'

export const alias = {
  '@shared': resolve(import.meta.dirname, 'src/shared'),
  '@engine': resolve(import.meta.dirname, 'src/main/engine'),
}

// Logic without threads, files or state that outlives a test.
const plain = ['src/shared', 'src/renderer', 'src/main/engine/chunks', 'src/main/engine/metadata']
const tests = (folder: string): string => `${folder}/**/*.test.{ts,tsx}`

export default defineConfig({
  resolve: { alias },
  plugins: [nodeWorker({ alias })],
  test: {
    // Worker threads of the engine run inside the test threads: two forks suit two cores.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    projects: [
      // One process for many files: most of what such a file costs is to load what it tests.
      { extends: true, test: { name: 'plain', include: plain.map(tests), isolate: false } },
      {
        extends: true,
        test: {
          name: 'engine',
          include: ['src', 'test'].map(tests),
          // With foreign readers: npm run test:interop.
          exclude: ['node_modules/**', 'test/interop/**', ...plain.map(tests)],
        },
      },
    ],
  },
})
