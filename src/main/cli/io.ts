import { createInterface } from 'node:readline/promises'

/** Where a command writes and what it may ask. The real process and the batch runner each have one. */
export interface Io {
  /** Waits until the reader has taken it. Text is UTF-8. */
  out: (data: string | Uint8Array) => Promise<void>
  err: (text: string) => void
  /** A sign of life from a command that is busy without output. */
  alive: () => void
  /** Bytes on stdin; undefined where a command has none. */
  readonly input: AsyncIterable<Uint8Array> | undefined
  /** A person watches stderr: progress may be drawn. */
  readonly progress: boolean
  /** Asks a yes-or-no question at the terminal; undefined where nobody can answer. */
  readonly ask?: ((question: string) => Promise<boolean>) | undefined
  /** Aborted by Ctrl+C, by the batch runner's time limit, and when the reader of stdout has gone. */
  readonly signal: AbortSignal
  /** Bytes may be written to stdout (the batch runner answers in JSON and cannot). */
  readonly binary: boolean
}

/** The reader of stdout has gone (`zarrscope get … | head`): stop quietly. */
export class OutputClosed extends Error {}

/** The process's own streams. */
export function processIo(signal: AbortSignal): Io {
  const { stdout, stderr } = process
  let closed = false
  stdout.on('error', () => {
    closed = true
  })
  return {
    out: (data) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new OutputClosed())
        stdout.write(data, (error) => (error ? reject(new OutputClosed()) : resolve()))
      }),
    err: (text) => void stderr.write(text),
    alive: () => undefined,
    get input() {
      // Waiting for the next bytes must not outlast an interrupt.
      signal.addEventListener('abort', () => process.stdin.destroy(), { once: true })
      return process.stdin
    },
    progress: stderr.isTTY,
    ask: process.stdin.isTTY && stderr.isTTY ? (question) => ask(question, signal) : undefined,
    signal,
    binary: true,
  }
}

async function ask(question: string, signal: AbortSignal): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^\s*y(es)?\s*$/i.test(await terminal.question(question, { signal }))
  } finally {
    terminal.close()
  }
}
