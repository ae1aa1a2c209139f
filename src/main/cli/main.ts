import { existsSync } from 'node:fs'
import { isAborted, toErrorBody, UsageError } from '@shared/errors'
import type { Engine } from '@engine/session/engine'
import { parseArguments, syncOption, wholeNumber } from './arguments'
import { COMMON_OPTIONS, type Command } from './command'
import { commandHelp, overview } from './help'
import { OutputClosed, type Io } from './io'
import { isCommand, loadCommand } from './table'

/** What the entry gives to the command line: things that live outside it. */
export interface CliServices {
  version: string
  /** Opens the window on the paths among these arguments; answers the exit status. */
  launch(argv: readonly string[]): Promise<number>
  /** Runs the serve host until it is stopped; answers the exit status. */
  serve(argv: readonly string[]): Promise<number>
  /** The engine of this process, made on first use. */
  engine(workers: number | undefined): Promise<Engine>
}

/** Exit statuses of every command. */
const STATUS = { done: 0, failed: 1, usage: 2, cancelled: 130 } as const

/**
 * Runs one command line (without the program's own name) and answers its exit status. Errors become one line on
 * stderr; nothing is thrown.
 */
export async function runCli(argv: readonly string[], io: Io, services: CliServices): Promise<number> {
  const [first, ...rest] = argv
  const where: Where = { what: '', target: '' }
  try {
    if (first === '--version' || first === '-V') return await print(io, `zarrscope ${services.version}\n`)
    if (first === '--help' || first === '-h' || first === 'help') return await print(io, await help(rest[0]))
    if (first === 'serve') {
      where.what = 'serve'
      return await services.serve(rest)
    }
    if (first !== undefined && isCommand(first)) {
      where.what = first
      return await runCommand(await loadCommand(first), rest, io, services, where)
    }
    // A bare word that is no file is more likely a mistyped command than a store to open.
    if (first !== undefined && /^[a-z][a-z-]*$/i.test(first) && !existsSync(first)) {
      throw new UsageError(`"${first}" is neither a command nor a path; zarrscope --help lists the commands.`)
    }
    where.what = 'open'
    return await services.launch(argv)
  } catch (error) {
    return report(error, io, where)
  }
}

interface Where {
  what: string
  target: string
}

async function runCommand(
  command: Command,
  argv: readonly string[],
  io: Io,
  services: CliServices,
  where: Where,
): Promise<number> {
  const { positional, options } = parseArguments(argv, { ...command.options, ...COMMON_OPTIONS })
  if (options.help) return print(io, commandHelp(command))
  where.target = positional[0] ?? ''
  const [min, max] = command.positional
  const usage = `usage: zarrscope ${command.name} ${command.usage}`
  if (positional.length < min) throw new UsageError(`Too few arguments; ${usage}`)
  if (positional.length > max)
    throw new UsageError(`"${positional[max]!}" is one argument too many; ${usage}`)
  syncOption(options.sync)
  const workers = options.workers === undefined ? undefined : wholeNumber(options.workers, 'workers', 1)
  return command.run({
    positional,
    options,
    io: options.quiet ? { ...io, progress: false } : io,
    engine: () => services.engine(workers),
    run: (line, lineIo) => runCli(line, lineIo, { ...services, launch: noWindow, serve: noWindow }),
  })
}

const noWindow = async (): Promise<never> => {
  throw new UsageError('A batch runs commands, not windows.')
}

async function help(name: string | undefined): Promise<string> {
  return name !== undefined && isCommand(name) ? commandHelp(await loadCommand(name)) : overview()
}

async function print(io: Io, text: string): Promise<number> {
  await io.out(text)
  return STATUS.done
}

/** `error: <what> <where>: <why>` on one line, and the status that goes with it. */
function report(error: unknown, io: Io, { what, target }: Where): number {
  if (error instanceof OutputClosed) return STATUS.done
  if (isAborted(error) || io.signal.aborted) {
    io.err('error: cancelled\n')
    return STATUS.cancelled
  }
  const { code, message } = toErrorBody(error)
  const place = [what, target].filter((part) => part !== '').join(' ')
  io.err(`error: ${place === '' ? '' : `${oneLine(place)}: `}${oneLine(message)}\n`)
  return code === 'USAGE' ? STATUS.usage : STATUS.failed
}

/** Control characters would let a file name or a document move the cursor or fake a second line. */
const oneLine = (text: string): string => text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, ' ')
