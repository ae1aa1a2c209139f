#!/usr/bin/env node
/**
 * The whole check of the project with the time each step took: type checks, lint, build, unit and contract tests,
 * foreign readers where there are any, end-to-end tests in a real Chromium. Every step runs even when an earlier one
 * failed; the exit status is 1 when any did. `node scripts/test.js --only lint,unit` runs a part.
 */
import { spawn } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { join } from 'node:path'
import { findChromium, obtainChromium } from './chromium.js'
import { canImport } from './pythons.js'

const root = join(import.meta.dirname, '..')
const only = process.argv.includes('--only')
  ? process.argv[process.argv.indexOf('--only') + 1]?.split(',')
  : undefined

const npm = (script) => ['npm', ['run', '-s', script]]
const node = (...args) => [process.execPath, args]

// Two at a time at most. What is in front prints as it goes; what is beside it takes the processor time that the front
// leaves over (a browser test mostly waits), and prints when the round is over.
const rounds = [
  {
    // Some of the tests run what was built.
    front: [{ name: 'build', command: npm('build') }],
    beside: [{ name: 'typecheck', command: npm('typecheck') }],
  },
  {
    front: [
      { name: 'e2e', command: node('node_modules/@playwright/test/cli.js', 'test'), browser: true },
      { name: 'unit', command: node('node_modules/vitest/vitest.mjs', 'run') },
    ],
    beside: [
      { name: 'lint', command: npm('lint') },
      { name: 'interop', command: npm('test:interop'), python: true },
    ],
  },
]

/** Runs a command, beside another one when told so; answers its exit status and what it printed, if that is to wait. */
function run([command, args], env, beside) {
  return new Promise((done) => {
    const printed = []
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['inherit', ...(beside ? ['pipe', 'pipe'] : ['inherit', 'inherit'])],
      env: { ...process.env, ...env },
      shell: process.platform === 'win32' && command === 'npm',
    })
    child.stdout?.on('data', (bytes) => printed.push(bytes))
    child.stderr?.on('data', (bytes) => printed.push(bytes))
    child.on('error', (error) => {
      console.error(error.message)
      done({ code: 1, printed })
    })
    child.on('close', (code) => done({ code: code ?? 1, printed }))
    if (beside && child.pid !== undefined) yieldProcessor(child.pid)
  })
}

function yieldProcessor(pid) {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // It has ended already, or the system does not let us: it runs all the same.
  }
}

/** The environment a step runs in, or why it is skipped. */
async function prepare({ python, browser }) {
  if (python && !canImport('zarr'))
    return { skipped: 'no Python with zarr (python3-zarr), so that no foreign reader was asked' }
  if (!browser) return { env: {} }
  const found = findChromium() ?? (await obtainChromium())
  if (found) return { env: found === 'playwright' ? {} : { CHROMIUM_PATH: found } }
  console.error(
    '\n*** NO BROWSER: the end-to-end tests did not run. Set CHROMIUM_PATH or install Chrome, Chromium or Edge. ***\n',
  )
  return { skipped: 'no browser' }
}

async function runStep(step, beside) {
  const { env, skipped } = await prepare(step)
  if (skipped) return { name: step.name, outcome: `skipped: ${skipped}`, seconds: 0, printed: [] }
  const start = Date.now()
  const { code, printed } = await run(step.command, env, beside)
  const outcome = code === 0 ? 'ok' : `failed (${code})`
  return { name: step.name, outcome, seconds: (Date.now() - start) / 1000, printed }
}

/** Runs steps one after the other; those of the front print their names as they begin. */
async function runLane(steps, beside) {
  const ended = []
  for (const step of steps) {
    if (only && !only.includes(step.name)) continue
    if (!beside) console.log(`\n=== ${step.name}`)
    ended.push(await runStep(step, beside))
  }
  return ended
}

const results = []
for (const { front, beside } of rounds) {
  const [first, second] = await Promise.all([runLane(front, false), runLane(beside, true)])
  for (const { name, printed } of second) {
    console.log(`\n=== ${name}`)
    for (const bytes of printed) process.stdout.write(bytes)
  }
  results.push(...first, ...second)
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
