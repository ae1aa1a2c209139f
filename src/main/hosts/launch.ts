import { resolve } from 'node:path'
import { OPEN_USAGE, parseOpenArguments, type OpenArguments } from './arguments'
import { electronBinary, noWindowReason } from './electron-binary'
import { runElectron } from './electron-process'
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
  const shown = await showWindow(args, program.root)
  if ('status' in shown) return shown.status
  process.stderr.write(`Zarrscope opens in the browser: ${shown.why}.\n`)
  return runServe(args, program)
}

/** `zarrscope serve [PATH…]`: the serve host until it is stopped. Answers the exit status. */
export async function serve(argv: readonly string[], program: HostProgram): Promise<number> {
  const args = parseOpenArguments(argv)
  return args.help ? printUsage() : runServe(args, program)
}

async function showWindow(
  { paths, readOnly }: OpenArguments,
  root: string,
): Promise<{ status: number } | { why: string }> {
  const binary = electronBinary(root)
  const why = noWindowReason() ?? (binary === null ? 'the Electron program is not installed' : null)
  if (binary === null || why !== null) return { why: why ?? '' }
  // Absolute paths: none can be taken for an option.
  return runElectron(binary, [
    root,
    ...(readOnly ? ['--read-only'] : []),
    ...paths.map((path) => resolve(path)),
  ])
}

function printUsage(): number {
  process.stdout.write(OPEN_USAGE)
  return 0
}
