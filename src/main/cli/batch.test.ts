import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { command } from './batch'
import type { Io } from './io'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

async function* requests(...argvs: string[][]): AsyncGenerator<Uint8Array> {
  for (const [id, argv] of argvs.entries()) yield Buffer.from(`${JSON.stringify({ id, argv })}\n`)
}

test('a command that shows no sign of life is given up within 15 s and the batch goes on', async () => {
  const answers: string[] = []
  const signals: AbortSignal[] = []
  const io: Io = {
    out: async (data) => void answers.push(data as string),
    err: () => undefined,
    alive: () => undefined,
    input: requests(['get', 'stuck'], ['get', 'busy'], ['get', 'quick']),
    progress: false,
    binary: true,
    signal: new AbortController().signal,
  }
  const run = async ([, name]: readonly string[], { alive, signal }: Io): Promise<number> => {
    signals.push(signal)
    if (name === 'stuck') await new Promise(() => undefined)
    if (name === 'busy') {
      for (let i = 0; i < 6; i++) {
        // Ten seconds of the test's own clock: nothing waits.
        await new Promise((resolve) => setTimeout(resolve, 10_000))
        alive()
      }
    }
    return 0
  }
  const options = {
    help: false,
    quiet: false,
    workers: undefined,
    sync: undefined,
    'zarr-format': undefined,
  } as const
  const done = command.run({
    positional: [],
    options,
    io,
    run,
    engine: () => Promise.reject(new Error('not needed')),
  })
  await vi.advanceTimersByTimeAsync(14_900)
  expect(answers.map((line) => JSON.parse(line) as unknown)).toEqual([
    { id: 0, status: 1, stdout: '', stderr: 'error: get stuck: no sign of life for 14 s; given up.\n' },
  ])
  expect(signals[0]!.aborted).toBe(true)
  await vi.advanceTimersByTimeAsync(70_000)
  expect(await done).toBe(0)
  expect(answers.slice(1).map((line) => (JSON.parse(line) as { status: number }).status)).toEqual([0, 0])
  expect(signals[1]!.aborted).toBe(false)
})
