import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { OPEN_USAGE, parseOpenArguments, type OpenArguments } from './arguments'
import { electronBinary, noWindowReason } from './electron-binary'
import { runServe, type HostProgram } from './serve/run'

export interface LaunchProgram extends HostProgram {
  /** The package's own folder, which Electron is told to run. */
  root: string
}

/**
 * `zarrscope [PATH…]`: the Electron window, or, with one line saying why not, the serve host. Answers the exit status
 * when the window is closed or the host stopped. Throws UsageError for wrong arguments.
 */
export async function launch(argv: readonly string[], program: LaunchProgram): Promise<number> {
  const args = parseOpenArguments(argv)
  if (args.help) return printUsage()
  if (args.serve || !args.open) return runServe(args, program)
  const binary = electronBinary(program.root)
  const why = binary === null ? 'the Electron program is not installed' : noWindowReason()
  if (binary !== null && why === null) return runElectron(binary, args, program)
  process.stderr.write(`Zarrscope opens in the browser: ${why ?? ''}.\n`)
  return runServe(args, program)
}

/** `zarrscope serve [PATH…]`: the serve host until it is stopped. Answers the exit status. */
export async function serve(argv: readonly string[], program: HostProgram): Promise<number> {
  const args = parseOpenArguments(argv)
  return args.help ? printUsage() : runServe(args, program)
}

function printUsage(): number {
  process.stdout.write(OPEN_USAGE)
  return 0
}

function runElectron(
  binary: string,
  { paths, readOnly }: OpenArguments,
  { root }: LaunchProgram,
): Promise<number> {
  const options = readOnly ? ['--read-only'] : []
  // Absolute paths: none can be taken for an option.
  const child = spawn(binary, [root, ...options, ...paths.map((path) => resolve(path))], { stdio: 'inherit' })
  const forward = (signal: NodeJS.Signals): void => void child.kill(signal)
  process.on('SIGTERM', forward)
  process.on('SIGINT', forward)
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('exit', (code) => {
      process.off('SIGTERM', forward)
      process.off('SIGINT', forward)
      done(code ?? 1)
    })
  })
}
