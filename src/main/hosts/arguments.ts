import { parseArgs } from 'node:util'
import { UsageError } from '@shared/errors'

/** What `zarrscope [PATH…]` and `zarrscope serve [PATH…]` understand. */
export interface OpenArguments {
  paths: string[]
  /** Show a browser or a window; without it only the address is printed. */
  open: boolean
  readOnly: boolean
  /** The serve host even where Electron is there. */
  serve: boolean
  /** 0: any free port. */
  port: number
  /** The address to listen on, where not loopback. */
  host: string | undefined
  /** A Unix socket to listen on instead of a port. */
  socket: string | undefined
  /** Codec workers; the engine's default where undefined. */
  workers: number | undefined
  help: boolean
}

export const OPEN_USAGE = `usage: zarrscope [serve] [PATH…] [options]

  PATH            stores, zips, nodes inside them, or folders to look into
  --serve         serve the window to a browser even where Electron is installed
  --no-open       open nothing, only print the address
  --read-only     refuse every change
  --port N        listen on this port (default: any free one)
  --host H        listen on this address instead of 127.0.0.1; others may then reach it
  --socket PATH   listen on a Unix socket instead of a port
  --workers N     codec workers (default: the number of cores)
`

/** Throws UsageError for options nobody knows and numbers that are none. */
export function parseOpenArguments(argv: readonly string[]): OpenArguments {
  const { values, positionals } = parse(argv)
  const { host, socket } = values
  if (socket !== undefined && (host !== undefined || values.port !== undefined)) {
    throw new UsageError('--socket takes the place of --port and --host; give one or the other.')
  }
  return {
    paths: positionals,
    open: !values['no-open'],
    readOnly: values['read-only'],
    serve: values.serve,
    port: number('port', values.port, 0, 65_535) ?? 0,
    host,
    socket,
    workers: number('workers', values.workers, 1, 1024),
    help: values.help,
  }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        'no-open': { type: 'boolean', default: false },
        'read-only': { type: 'boolean', default: false },
        serve: { type: 'boolean', default: false },
        port: { type: 'string' },
        host: { type: 'string' },
        socket: { type: 'string' },
        workers: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (error) {
    const [sentence] = (error as Error).message.split(/\.\s/)
    throw new UsageError(`${sentence ?? ''}; zarrscope serve --help lists the options.`)
  }
}

function number(name: string, text: string | undefined, min: number, max: number): number | undefined {
  if (text === undefined) return undefined
  const value = /^\d{1,6}$/.test(text) ? Number(text) : NaN
  if (value >= min && value <= max) return value
  throw new UsageError(`--${name} needs a whole number from ${min} to ${max}, not "${text}".`)
}
