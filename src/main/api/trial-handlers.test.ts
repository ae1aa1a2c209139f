import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { safeParse } from 'valibot'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contract } from '@shared/rpc/contract'
import type { Input, Method, Output, Progress } from '@shared/rpc/contract'
import type { CodecProgress } from '@shared/model/trials'
import { InlineExecutor } from '@engine/pool/inline'
import { createEngine } from '@engine/session/engine'
import { openSession } from '@engine/session/session'
import { Sessions } from './sessions'
import { trialHandlers } from './trial-handlers'
import { writeSample } from './sample/write'

type Trial = Extract<Method, `trials.${string}`>

const folder = mkdtempSync(join(tmpdir(), 'zarrscope-trials-'))
const sessions = new Sessions()
const handlers = trialHandlers(sessions)
const node = { store: '', path: 'climate/temperature' }
const sample = { budgetBytes: 100_000, seed: 1 }

beforeAll(async () => {
  const path = await writeSample(folder)
  const session = await openSession(createEngine({ executor: new InlineExecutor() }), path)
  sessions.add(session, path)
  node.store = session.id
})
afterAll(async () => {
  await sessions.closeAll()
  rmSync(folder, { recursive: true, force: true })
})

async function call<M extends Trial>(
  method: M,
  input: Input<M>,
  progress: Progress<M>[] = [],
): Promise<Output<M>> {
  const parsed = safeParse(contract[method].input, input)
  if (!parsed.success) throw new TypeError(parsed.issues[0].message)
  const context = {
    signal: new AbortController().signal,
    progress: (report: Progress<M>) => void progress.push(report),
  }
  return handlers[method](parsed.output, context)
}

describe('the procedures of the laboratory', () => {
  test('codecs: the sample, then rows as they come', async () => {
    const progress: CodecProgress[] = []
    const candidates = ['present', 'zstd:1', 'bitround:9+zstd:1']
    const { rows, suggestion } = await call('trials.codecs', { ...node, candidates, sample }, progress)
    expect(progress.map(({ kind }) => kind)).toEqual(['sample', 'row', 'row', 'row'])
    expect(progress[0]).toMatchObject({ total: 3 })
    expect(rows.map(({ present }) => present)).toEqual([true, false, false])
    expect(suggestion).not.toBeNull()
  })

  test('chunks: rows for what was typed, at once', async () => {
    const { rows, ratioFrom } = await call('trials.chunks', {
      ...node,
      patterns: [
        { dims: [1, null, null], weight: 2 },
        { selection: 'time=3', weight: 1, name: 'one day' },
      ],
      shapes: [{ chunks: [1, null, null] }, { chunks: [10, 12, 12], shards: [100, 12, 24] }],
      ratio: 2,
    })
    expect(ratioFrom).toBe('given')
    expect(rows.map(({ present }) => present)[0]).toBe(true)
    expect(rows[1]).toMatchObject({ chunks: [1, 12, 24], touched: 1, amplification: 1 })
    expect(rows[1]!.patterns.map(({ name }) => name)).toEqual(['time: 1, lat: all, lon: all', 'one day'])
  })

  test('a trial copy and advice', async () => {
    const progress: { done: number; total: number }[] = []
    const trial = await call(
      'trials.measureLayout',
      { ...node, chunks: [1, null, null], budgetBytes: 50_000 },
      progress,
    )
    expect(trial.chunks).toEqual([1, 12, 24])
    expect(progress.at(-1)).toEqual({ done: 5, total: 5 })
    const { advice, sample: taken } = await call('trials.advice', { ...node, sample })
    expect(taken.coords.length).toBeGreaterThan(0)
    expect(Array.isArray(advice)).toBe(true)
  })

  test('the sample alone, and what gives an array a layout', async () => {
    const { sample: taken, initialized } = await call('trials.sample', { ...node, sample })
    expect(initialized).toBeGreaterThanOrEqual(taken.coords.length)
    expect(taken.fingerprint).not.toBe('')
    const layout = { compressor: 'zstd:3', chunks: [1, null, null], shards: null }
    const { command, python } = await call('trials.scripts', { ...node, layout })
    expect(command).toMatchObject({
      text: expect.stringMatching(
        /recompress .*\/climate\/temperature' --compressor zstd:3 --chunks 1,12,24/,
      ) as string,
    })
    expect(python).toMatchObject({ text: expect.stringContaining('chunks=(1, 12, 24)') as string })
    const { command: none } = await call('trials.scripts', { ...node, layout: { chunks: [1, 2, 3, 4] } })
    expect(none).toEqual({ whyNot: '4 chunk lengths do not fit an array of 3 dimensions.' })
  })

  test('inputs that make no sense are refused', async () => {
    const bad = [
      call('trials.codecs', { ...node, sample: { budgetBytes: 0, seed: 1 } }),
      call('trials.codecs', { ...node, sample: { budgetBytes: 2 ** 40, seed: 1 } }),
      call('trials.chunks', { ...node, ratio: 0 }),
      call('trials.chunks', { ...node, patterns: [{ dims: [0, 1, 1], weight: 1 }] }),
      call('trials.measureLayout', { ...node, chunks: [0], budgetBytes: 1 }),
      call('trials.advice', { ...node, path: 'climate', sample }),
    ]
    for (const one of bad) await expect(one).rejects.toThrow(/./)
  })
})
