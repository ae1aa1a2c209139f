import { createEngine } from '@engine/session/engine'
import { InlineExecutor } from '@engine/pool/inline'
import type { Io } from '../io'
import { runCli, type CliServices } from '../main'

export interface Ran {
  status: number
  out: string
  err: string
  /** What was written to stdout, byte for byte. */
  bytes: Buffer
}

export interface RunOptions {
  signal?: AbortSignal
  binary?: boolean
  progress?: boolean
  input?: AsyncIterable<Uint8Array>
  ask?: (question: string) => Promise<boolean>
}

const engine = createEngine({ executor: new InlineExecutor() })

/** Runs a command line in this process and captures what it writes. */
export async function run(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const out: Buffer[] = []
  let err = ''
  const io: Io = {
    out: async (data) => void out.push(Buffer.from(data)),
    err: (text) => (err += text),
    alive: () => undefined,
    input: options.input,
    ask: options.ask,
    progress: options.progress ?? false,
    binary: options.binary ?? true,
    signal: options.signal ?? new AbortController().signal,
  }
  const services: CliServices = {
    version: '1.2.3',
    launch: async (args) => {
      await io.out(`launch ${args.join(' ')}`)
      return 0
    },
    serve: async (args) => {
      await io.out(`serve ${args.join(' ')}`)
      return 0
    },
    engine: async () => engine,
  }
  const status = await runCli(argv, io, services)
  const bytes = Buffer.concat(out)
  return { status, out: bytes.toString('utf8'), err, bytes }
}
