import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const SERVE = join(import.meta.dirname, '../out/main/serve.js')

export interface ServeProcess {
  /** The address with its token. */
  url: string
  child: ChildProcess
  /** Everything printed so far. */
  stdout: () => string
  stderr: () => string
  /** Ends it with a signal and answers its exit status. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>
}

export interface ServeSettings {
  cwd: string
  stateDir: string
  args?: readonly string[]
  env?: Readonly<Record<string, string>>
}

/** Starts the built serve host and waits for its address. Rejects with what it printed when it ends before. */
export async function startServe({
  cwd,
  stateDir,
  args = [],
  env = {},
}: ServeSettings): Promise<ServeProcess> {
  const child = spawn(process.execPath, [SERVE, '--no-open', ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ZARRSCOPE_STATE_DIR: stateDir, ...env },
  })
  // A test run that dies must not leave it behind.
  const end = (): void => void child.kill('SIGKILL')
  process.once('exit', end)
  let [out, err] = ['', '']
  child.stderr.on('data', (bytes: Buffer) => (err += bytes.toString()))
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (bytes: Buffer) => {
      out += bytes.toString()
      const [, found] = /^Zarrscope: (\S+)\n/m.exec(out) ?? []
      if (found !== undefined) resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`the serve host ended with ${String(code)}: ${err}`)))
    child.once('error', reject)
  })
  return {
    url,
    child,
    stdout: () => out,
    stderr: () => err,
    stop: async (signal = 'SIGTERM') => {
      process.off('exit', end)
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
      child.kill(signal)
      const [code] = (await once(child, 'exit')) as [number | null]
      return code
    },
  }
}
