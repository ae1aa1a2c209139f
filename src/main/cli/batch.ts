import { AbortedError, LimitError, UsageError } from '@shared/errors'
import { parseJson } from '@shared/json/parse'
import { stringifyJson } from '@shared/json/stringify'
import type { JsonValue } from '@shared/json/value'
import { defineCommand, type CommandContext } from './command'
import type { Io } from './io'
import { lines } from './lines'

/** A command that shows no sign of life for this long is given up, so that its answer comes within 15 s. */
const STALL_MS = 14_000
/** What a given-up command gets to end by itself. */
const GRACE_MS = 500
/** Text one answer may hold; more goes to a file with -o. */
const MAX_OUTPUT = 256 * 1024 * 1024

export const command = defineCommand({
  name: 'batch',
  usage: '',
  summary: 'run commands given as JSON lines on stdin, on one warm engine',
  details: [
    'Each line is {"id": 1, "argv": ["get", "a.zarr/x", "0:3", "--json"]}; each is answered in order by',
    '{"id": 1, "status": 0, "stdout": "…", "stderr": "…"}. Binary output needs -o.',
  ],
  positional: [0, 0],
  options: {},
  async run({ io, run }) {
    const { input } = io
    if (!input) throw new UsageError('A batch inside a batch is not possible.')
    for await (const line of lines(input)) {
      if (io.signal.aborted) break
      if (line.trim() !== '')
        await io.out(`${stringifyJson(await answer(line, io, run), { separators: 'spaced' })}\n`)
    }
    if (io.signal.aborted) throw new AbortedError()
    return 0
  },
})

async function answer(line: string, io: Io, run: CommandContext['run']): Promise<JsonValue> {
  let id: JsonValue = null
  try {
    const request = parseJson(line, { key: 'The line' }).value
    if (!(request instanceof Map)) throw new UsageError('Each line is a JSON object with "id" and "argv".')
    id = request.get('id') ?? null
    const argv = request.get('argv')
    if (!Array.isArray(argv) || !argv.every((a) => typeof a === 'string')) {
      throw new UsageError('"argv" is a list of strings.')
    }
    return response(id, await runOne(argv, io, run))
  } catch (error) {
    return response(id, { status: 2, stdout: '', stderr: `error: batch: ${(error as Error).message}\n` })
  }
}

interface Outcome {
  status: number
  stdout: string
  stderr: string
}

const response = (id: JsonValue, { status, stdout, stderr }: Outcome): JsonValue =>
  new Map<string, JsonValue>([
    ['id', id],
    ['status', status],
    ['stdout', stdout],
    ['stderr', stderr],
  ])

async function runOne(argv: string[], io: Io, run: CommandContext['run']): Promise<Outcome> {
  const stop = new AbortController()
  const stdout: string[] = []
  const stderr: string[] = []
  let size = 0
  let timer: NodeJS.Timeout | undefined
  let giveUp: (value: 'stalled') => void
  const stalled = new Promise<'stalled'>((resolve) => (giveUp = resolve))
  const alive = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => giveUp('stalled'), STALL_MS)
  }
  const captured: Io = {
    out: async (data) => {
      alive()
      if (typeof data !== 'string') throw new UsageError('Binary output needs -o FILE in a batch.')
      size += data.length
      if (size > MAX_OUTPUT) throw new LimitError('The size of the answer in characters', size, MAX_OUTPUT)
      stdout.push(data)
    },
    err: (text) => {
      alive()
      stderr.push(text)
    },
    alive,
    input: undefined,
    ask: undefined,
    progress: false,
    binary: false,
    signal: AbortSignal.any([io.signal, stop.signal]),
  }
  alive()
  const running = run(argv, captured)
  const first = await Promise.race([running, stalled])
  clearTimeout(timer)
  if (first !== 'stalled') return { status: first, stdout: stdout.join(''), stderr: stderr.join('') }
  stop.abort()
  await Promise.race([running, new Promise((resolve) => setTimeout(resolve, GRACE_MS))])
  const seconds = STALL_MS / 1000
  return {
    status: 1,
    stdout: '',
    stderr: `error: ${argv.slice(0, 2).join(' ')}: no sign of life for ${seconds} s; given up.\n`,
  }
}
