import { spawn } from 'node:child_process'

/** A program that ends with a failure within this time has not shown a window. Milliseconds. */
const START_MS = 5_000

/**
 * Runs Electron until its window is closed; SIGINT and SIGTERM are passed on. Answers its exit status, or why it did
 * not start: libraries that are missing, a sandbox the system does not allow.
 */
export function runElectron(
  binary: string,
  args: readonly string[],
): Promise<{ status: number } | { why: string }> {
  const started = Date.now()
  const child = spawn(binary, args, { stdio: 'inherit' })
  const signals = ['SIGINT', 'SIGTERM'] as const
  let stopped = false
  const onSignal = (signal: NodeJS.Signals): void => {
    stopped = true
    child.kill(signal)
  }
  for (const signal of signals) process.on(signal, onSignal)
  return new Promise((resolve) => {
    const end = (outcome: { status: number } | { why: string }): void => {
      for (const signal of signals) process.off(signal, onSignal)
      resolve(outcome)
    }
    child.once('error', (error) => end({ why: `Electron cannot be started (${error.message})` }))
    child.once('exit', (code, signal) => {
      const failed = code !== 0 && !stopped && Date.now() - started < START_MS
      if (failed) end({ why: `Electron did not start (${signal ?? `exit status ${String(code)}`})` })
      else end({ status: code ?? 1 })
    })
  })
}
