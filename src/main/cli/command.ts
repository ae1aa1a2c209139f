import type { Engine } from '@engine/session/engine'
import type { Options, OptionTable } from './arguments'
import type { Io } from './io'

/** What every command gets. */
export interface CommandContext<T extends OptionTable = OptionTable> {
  positional: string[]
  options: Options<T & typeof COMMON_OPTIONS>
  io: Io
  /** The engine, made on first use and shared by the commands of a batch. */
  engine: () => Promise<Engine>
  /** Runs another command line on the same engine. */
  run: (argv: readonly string[], io: Io) => Promise<number>
}

/** One command; its file exports it under the name `command`, so that only the one that runs is loaded. */
export interface Command<T extends OptionTable = OptionTable> {
  name: string
  /** What follows the name in the usage line, such as "ARRAY [SELECTION]". */
  usage: string
  /** One sentence for the list of commands. */
  summary: string
  /** Lines of further help. */
  details?: string[]
  /** Least and most positional arguments. */
  positional: [min: number, max: number]
  options: T
  /** The exit status; errors are thrown. */
  run: (context: CommandContext<T>) => Promise<number>
}

/** Options that every command understands. */
export const COMMON_OPTIONS = {
  help: { kind: 'boolean', letter: 'h', help: 'show this help' },
  quiet: { kind: 'boolean', letter: 'q', help: 'no progress on stderr' },
  workers: { kind: 'text', value: 'N', help: 'codec workers (default: the number of cores)' },
  sync: { kind: 'text', value: 'none|thread|process', help: 'locking against other writers (default: none)' },
  'zarr-format': {
    kind: 'text',
    value: '1|2|3',
    help: 'which metadata to use where several formats coexist',
  },
} as const satisfies OptionTable

/** Keeps the literal types of the options while checking the shape. */
export const defineCommand = <const T extends OptionTable>(command: Command<T>): Command<T> => command
