import { AbortedError, UsageError } from '@shared/errors'
import type { ArrayDetail } from '@shared/model/node'
import type { CodecProgress, CodecRow } from '@shared/model/trials'
import type { CallOptions, Client } from '@shared/rpc/client'
import { beforeEach, expect, test, vi } from 'vitest'
import { connect } from '../rpc/connection'
import { useJobs } from '../state/jobs'
import { runCodecs, stopCodecs } from './codec-run'
import { tuneState, type TuneStore } from './tune-state'

interface Asked {
  candidates: string[]
  tell: (row: CodecRow, done: number) => void
  end: () => void
  fail: (error: Error) => void
}

let asked: Asked[] = []
let fingerprint = 'first'

/** A host that draws a sample at once, and measures when told to. */
const client = (): Client => ({
  call: ((method: string, input: { candidates: string[] }, options: CallOptions<'trials.codecs'> = {}) => {
    if (method === 'host.info') return Promise.resolve({ open: [] })
    if (method === 'trials.sample') return Promise.resolve({ sample: { fingerprint }, initialized: 4 })
    return new Promise((resolve, reject) => {
      options.signal?.addEventListener('abort', () => reject(new AbortedError()))
      asked.push({
        candidates: input.candidates,
        tell: (row, done) => {
          const progress: CodecProgress = { kind: 'row', row, done, total: input.candidates.length }
          options.onProgress?.(progress)
        },
        end: () => resolve({}),
        fail: reject,
      })
    })
  }) as unknown as Client['call'],
  onClose: () => undefined,
  close: () => undefined,
})

const row = (spec: string): CodecRow => ({ spec, ratio: 2, decodeMBps: 1 }) as CodecRow
const array = { codecs: [], order: 'C' } as unknown as ArrayDetail
const sample = { budgetBytes: 1000, seed: 0 }
let tune: TuneStore
let node = 0

beforeEach(async () => {
  asked = []
  fingerprint = 'first'
  tune = tuneState('store', `node${node++}`)
  await connect(() => Promise.resolve(client()))
})

const start = async (...texts: string[]): Promise<{ ended: Promise<void>; call: Asked }> => {
  const before = asked.length
  const ended = runCodecs(tune, { store: 'store', path: 'a', array, texts, sample })
  await vi.waitUntil(() => asked.length > before)
  return { ended, call: asked.at(-1)! }
}
const measured = (): string[] => Object.values(tune.getState().results).flatMap((rows) => Object.keys(rows))

test('rows appear as they are measured, and only what is not known is asked for', async () => {
  const { ended, call } = await start('lz4', 'zstd:3')
  expect(call.candidates).toEqual(['present', 'lz4', 'zstd:3'])
  expect(useJobs.getState().jobs.map(({ name }) => name)).toEqual(['Codec trials of /a'])
  call.tell(row('gzip:6'), 1)
  call.tell(row('lz4'), 2)
  expect(measured()).toEqual(['present', 'lz4'])
  expect(tune.getState().codecRun).toMatchObject({ done: 2, total: 3 })
  call.tell(row('zstd:3'), 3)
  call.end()
  await ended
  expect(tune.getState().codecRun).toBeNull()
  expect(useJobs.getState().jobs).toEqual([])

  const more = await start('lz4', 'bz2:1')
  expect(more.call.candidates).toEqual(['bz2:1'])
  more.call.end()
  await more.ended
})

test('another sample measures everything again, and the first one is remembered', async () => {
  const first = await start('lz4')
  first.call.tell(row('p'), 1)
  first.call.tell(row('lz4'), 2)
  first.call.end()
  await first.ended
  fingerprint = 'second'
  const second = await start('lz4')
  expect(second.call.candidates).toEqual(['present', 'lz4'])
  second.call.end()
  await second.ended
  fingerprint = 'first'
  await runCodecs(tune, { store: 'store', path: 'a', array, texts: ['lz4'], sample })
  expect(asked).toHaveLength(2)
})

test('a trial that is cancelled keeps its rows and starts nothing more', async () => {
  tune.setState({ following: true })
  const { ended, call } = await start('lz4')
  call.tell(row('p'), 1)
  stopCodecs(tune)
  await ended
  call.tell(row('lz4'), 2)
  expect(measured()).toEqual(['present'])
  expect(tune.getState()).toMatchObject({ codecRun: null, codecError: null, following: false })
  expect(useJobs.getState().jobs).toEqual([])
})

test('a trial gives way to the next one, whose progress is shown', async () => {
  const first = await start('lz4')
  const second = await start('zstd:3')
  await first.ended
  first.call.tell(row('lz4'), 2)
  expect(tune.getState().codecRun).toMatchObject({ done: 0 })
  expect(measured()).toEqual([])
  second.call.end()
  await second.ended
})

test('what went wrong is told, and nothing follows until it is asked for again', async () => {
  tune.setState({ following: true })
  const { ended, call } = await start('nonsense')
  const error = new UsageError('"nonsense" is not a codec.')
  call.fail(error)
  await ended
  expect(tune.getState()).toMatchObject({ codecError: error, following: false, codecRun: null })
})
