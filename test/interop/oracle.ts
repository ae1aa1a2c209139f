/** Foreign readers of Zarr as oracles: a Python that is started once and answers. For vitest and for Playwright. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { pythons } from '../../scripts/pythons.js'

/** What can be asked for, and what oracle.py calls it. */
const REQUIREMENTS = { 'zarr-python 3': 'zarr 3', 'zarr-python 2': 'zarr 2', GDAL: 'gdal' } as const
export type OracleName = keyof typeof REQUIREMENTS

/** What a program made of it: its variable `answer`, and what it printed. */
export interface Ran<T> {
  answer: T
  printed: string
}

type Found = { oracle: Oracle; absent?: undefined } | { oracle?: undefined; absent: string }

/**
 * Starts the first Python that has the reader, or says why there is none: tests then skip with that reason.
 * ZARRSCOPE_PYTHON names Pythons to ask first.
 */
export async function findOracle(name: OracleName): Promise<Found> {
  const reasons: string[] = []
  for (const { command, args } of pythons()) {
    const oracle = await Oracle.start(name, command, args)
    if (oracle instanceof Oracle) return { oracle }
    reasons.push(`${command}: ${oracle}`)
  }
  return { absent: `no Python with ${name} (${reasons.join('; ')})` }
}

/** The process ended although more was to be asked: a fault of the test, whatever it asked. */
export class OracleGone extends Error {}

/** A running Python. It works on files that both sides see: below the project or the system's temporary folder. */
export class Oracle {
  /** Such as "zarr-python 3.4.1". */
  readonly version: string
  readonly #child: ChildProcessWithoutNullStreams
  readonly #lines: AsyncIterator<string>
  readonly #ended: Promise<string>
  #queue: Promise<unknown> = Promise.resolve()

  private constructor(version: string, process: Process) {
    this.version = version
    this.#child = process.child
    this.#lines = process.lines
    this.#ended = process.ended
  }

  /** The oracle, or why this Python cannot be it. */
  static async start(name: OracleName, command: string, args: readonly string[]): Promise<Oracle | string> {
    const script = join(import.meta.dirname, 'oracle.py')
    const process = begin(command, [...args, script, REQUIREMENTS[name]])
    const first = await process.lines.next()
    if (first.done) return process.ended
    const hello = JSON.parse(first.value) as { version: string } | { absent: string }
    return 'version' in hello ? new Oracle(hello.version, process) : hello.absent
  }

  /**
   * Runs a Python program with the given names; imports of test/interop/*.py are possible. In the answer, whole numbers
   * beyond 2^53 and special floats are texts, bytes are base64, arrays nested lists. Rejects with Python's error, with
   * OracleGone where the process has ended.
   */
  run<T>(code: string, given: object = {}): Promise<Ran<T>> {
    const ran = this.#queue.then(() => this.#ask<T>(code, given))
    this.#queue = ran.catch(() => undefined)
    return ran
  }

  /** As `run`, the answer alone. */
  async ask<T>(code: string, given: object = {}): Promise<T> {
    return (await this.run<T>(code, given)).answer
  }

  /** Ends the process; resolves when it is gone. */
  async close(): Promise<void> {
    this.#child.stdin.end()
    await this.#ended
  }

  async #ask<T>(code: string, given: object): Promise<Ran<T>> {
    this.#child.stdin.write(`${JSON.stringify({ code, given })}\n`)
    const line = await this.#lines.next()
    if (line.done) throw new OracleGone(`${this.version} is gone: ${await this.#ended}`)
    const reply = JSON.parse(line.value) as Ran<T> | { error: string }
    if ('error' in reply) throw new Error(reply.error)
    return reply
  }
}

interface Process {
  child: ChildProcessWithoutNullStreams
  lines: AsyncIterator<string>
  /** Its last words. */
  ended: Promise<string>
}

function begin(command: string, args: readonly string[]): Process {
  const child = spawn(command, args, { cwd: join(import.meta.dirname, '../..') })
  let complaint = ''
  child.stderr.on('data', (text: Buffer) => (complaint = (complaint + String(text)).slice(-2000)))
  child.stdin.on('error', () => undefined)
  const ended = new Promise<string>((done) => {
    child.on('error', (error) => done(error.message))
    child.on('close', (code) => done(complaint.trim().split('\n').at(-1) || `it ended with status ${code}`))
  })
  const input: Interface = createInterface({ input: child.stdout })
  return { child, lines: input[Symbol.asyncIterator](), ended }
}
