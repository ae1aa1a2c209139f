import { expect, test, vi } from 'vitest'
import type { Rect, Tile } from './tile'
import { TileCache } from './tile-cache'

function setup(maxBytes = 1e6) {
  const asked: { rect: Rect; signal: AbortSignal; give: (tile: Tile) => void; fail: (e: Error) => void }[] =
    []
  const onChange = vi.fn()
  const cache = new TileCache({
    rows: 1e12,
    columns: 100,
    tileRows: 50,
    tileColumns: 20,
    maxBytes,
    onChange,
    fetch: (rect, signal) =>
      new Promise((give, fail) => {
        asked.push({ rect, signal, give, fail })
      }),
  })
  return { cache, asked, onChange }
}
const tileOf = (rect: Rect, bytes = 100, isSame = false): Tile =>
  ({ rect, bytes, sameAs: () => isSame }) as unknown as Tile
const settled = () => new Promise((done) => queueMicrotask(() => queueMicrotask(() => done(undefined))))

test('asks once for the tiles on screen, clipped at the edge', () => {
  const { cache, asked } = setup()
  const wanted = { row: 1e12 - 10, column: 90, rows: 30, columns: 10 }
  cache.request(wanted)
  cache.request(wanted)
  expect(asked.map((a) => a.rect)).toEqual([{ row: 1e12 - 50, column: 80, rows: 50, columns: 20 }])
  expect(cache.at(1e12 - 1, 99)?.kind).toBe('loading')
})

test('requests that scrolled away are aborted and asked anew when they come back', () => {
  const { cache, asked } = setup()
  cache.request({ row: 0, column: 0, rows: 10, columns: 10 })
  cache.request({ row: 1000, column: 0, rows: 10, columns: 10 })
  expect(asked[0]?.signal.aborted).toBe(true)
  expect(asked[1]?.signal.aborted).toBe(false)
  cache.request({ row: 0, column: 0, rows: 10, columns: 10 })
  expect(asked).toHaveLength(3)
})

test('a tile that arrives is shown; one that fails can be retried', async () => {
  const { cache, asked, onChange } = setup()
  cache.request({ row: 0, column: 0, rows: 10, columns: 40 })
  asked[0]?.give(tileOf(asked[0].rect))
  asked[1]?.fail(new Error('broken'))
  await settled()
  expect(cache.at(0, 0)?.kind).toBe('ready')
  const failed = cache.at(0, 20)
  expect(failed).toMatchObject({ kind: 'error', message: 'broken' })
  expect(onChange).toHaveBeenCalledTimes(2)
  if (failed?.kind === 'error') failed.retry()
  expect(cache.at(0, 20)?.kind).toBe('loading')
})

test('keeps within its byte budget, never dropping what is on screen', async () => {
  const { cache, asked } = setup(250)
  for (const row of [0, 1000, 2000, 3000]) {
    cache.request({ row, column: 0, rows: 10, columns: 10 })
    const last = asked.at(-1)
    last?.give(tileOf(last.rect))
    await settled()
  }
  cache.request({ row: 3000, column: 0, rows: 10, columns: 10 })
  expect(cache.at(0, 0)).toBeUndefined()
  expect(cache.at(1000, 0)).toBeUndefined()
  expect(cache.at(3000, 0)?.kind).toBe('ready')
})

test('a refresh reads what is on screen again and shows the old cells until then', async () => {
  const { cache, asked, onChange } = setup()
  cache.request({ row: 0, column: 0, rows: 10, columns: 10 })
  asked[0]!.give(tileOf(asked[0]!.rect))
  await settled()
  cache.request({ row: 1000, column: 0, rows: 10, columns: 10 })
  asked[1]!.give(tileOf(asked[1]!.rect))
  await settled()
  const before = cache.stampOf(1000, 0, 9)
  onChange.mockClear()
  cache.refresh()
  expect(asked).toHaveLength(3)
  expect(asked[2]!.rect.row).toBe(1000)
  expect(cache.at(1000, 0)?.kind).toBe('ready')
  expect(cache.at(0, 0)).toBeUndefined()
  asked[2]!.give(tileOf(asked[2]!.rect))
  await settled()
  expect(onChange).toHaveBeenCalledTimes(1)
  expect(cache.stampOf(1000, 0, 9)).not.toBe(before)
})

test('what comes back as it was is not drawn again', async () => {
  const { cache, asked, onChange } = setup()
  cache.request({ row: 0, column: 0, rows: 10, columns: 30 })
  for (const { give, rect } of asked) give(tileOf(rect, 100, true))
  await settled()
  const before = cache.stampOf(5, 0, 29)
  onChange.mockClear()
  cache.refresh()
  asked[2]!.give(tileOf(asked[2]!.rect))
  await settled()
  expect(onChange).not.toHaveBeenCalled()
  expect(cache.stampOf(5, 0, 29)).toBe(before)
})
