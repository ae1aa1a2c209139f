import { defineConfig } from '@playwright/test'
import { findChromium } from './scripts/chromium.js'

// Without a browser of the system, Playwright's own copy is used where it has been downloaded.
const executablePath = findChromium()
const asRoot = process.platform === 'linux' && process.getuid?.() === 0

export default defineConfig({
  testDir: 'e2e',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  // A host and a browser each: a test spends most of its time waiting for one or the other.
  workers: 2,
  // On a shared machine a browser may be starved for a moment; what passes only then is reported as flaky.
  retries: process.env['CI'] === undefined ? 0 : 1,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: 'list',
  use: {
    viewport: { width: 1360, height: 860 },
    // A trace costs each test a quarter of its processor time: the retry of one that failed is traced, and any test
    // with `--trace on`.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [
        ...(asRoot ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  // The same specs under both hosts; only what belongs to one host is run by that one alone.
  projects: [
    { name: 'serve', testIgnore: /electron[^/]*\.spec\.ts$/, metadata: { host: 'serve' } },
    { name: 'electron', testIgnore: /(serve|port)-host[^/]*\.spec\.ts$/, metadata: { host: 'electron' } },
  ],
})
