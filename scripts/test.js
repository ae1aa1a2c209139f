#!/usr/bin/env node
/**
 * The whole check of the project, step by step, with the time each step took: type checks, lint, build, unit and
 * contract tests, foreign readers where there are any, end-to-end tests in a real Chromium. Every step runs even when
 * an earlier one failed; the exit status is 1 when any did. `node scripts/test.js --only lint,unit` runs a part.
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { findChromium, obtainChromium } from './chromium.js'
import { canImport } from './pythons.js'

const root = join(import.meta.dirname, '..')
const only = process.argv.includes('--only')
  ? process.argv[process.argv.indexOf('--only') + 1]?.split(',')
  : undefined

const npm = (script) => ['npm', ['run', '-s', script]]
const steps = [
  { name: 'typecheck', command: npm('typecheck') },
  { name: 'lint', command: npm('lint') },
  // Some of the tests run what was built.
  { name: 'build', command: npm('build') },
  { name: 'unit', command: [process.execPath, ['node_modules/vitest/vitest.mjs', 'run']] },
  { name: 'interop', command: npm('test:interop'), python: true },
  {
    name: 'e2e',
    command: [process.execPath, ['node_modules/@playwright/test/cli.js', 'test']],
    browser: true,
  },
]

function run([command, args], env = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env },
      shell: process.platform === 'win32' && command === 'npm',
    })
    child.on('error', (error) => {
      console.error(error.message)
      done(1)
    })
    child.on('exit', (code) => done(code ?? 1))
  })
}

const results = []
for (const step of steps) {
  if (only && !only.includes(step.name)) continue
  console.log(`\n=== ${step.name}`)
  const start = Date.now()
  let env = {}
  if (step.python && !canImport('zarr')) {
    const outcome = 'skipped: no Python with zarr (python3-zarr), so that no foreign reader was asked'
    results.push({ name: step.name, outcome, seconds: 0 })
    continue
  }
  if (step.browser) {
    const browser = findChromium() ?? (await obtainChromium())
    if (!browser) {
      console.error(
        '\n*** NO BROWSER: the end-to-end tests did not run. Set CHROMIUM_PATH or install Chrome, Chromium or Edge. ***\n',
      )
      results.push({ name: step.name, outcome: 'skipped: no browser', seconds: 0 })
      continue
    }
    if (browser !== 'playwright') env = { CHROMIUM_PATH: browser }
  }
  const code = await run(step.command, env)
  results.push({
    name: step.name,
    outcome: code === 0 ? 'ok' : `failed (${code})`,
    seconds: (Date.now() - start) / 1000,
  })
}

console.log('\n=== steps')
for (const { name, outcome, seconds } of results)
  console.log(`${name.padEnd(10)} ${seconds.toFixed(1).padStart(7)} s  ${outcome}`)
const failed = results.filter((r) => r.outcome.startsWith('failed')).length
const skipped = results.filter((r) => r.outcome.startsWith('skipped')).length
console.log(
  `steps: ${results.length - failed - skipped} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`,
)
process.exit(failed ? 1 : 0)
