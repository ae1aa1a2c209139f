import { expect, test } from 'vitest'
import { LimitError } from '@shared/errors'
import { lengthOf } from '../slabs'
import { RESULT_BYTES } from '../../pool/limits'
import type { ItemSource, Region } from './item-source'
import { readRegion } from './read-region'

/** A source of texts, of which only so many may be read at a time while a limit is asked for. */
const texts = (most: number): ItemSource => ({
  shape: [40, 40],
  dtype: { kind: 'vlen-text' },
  chunks: null,
  async read(dims, { maxBytes } = {}) {
    const items = dims.reduce((n, dim) => n * lengthOf(dim), 1)
    if (maxBytes !== undefined && items > most) throw new LimitError(RESULT_BYTES, 'larger', maxBytes)
    return { data: new Uint8Array(), offsets: new Uint32Array(items + 1) }
  },
})

async function regions(most: number, whole: Region, chunks: number[]): Promise<Region[]> {
  const found: Region[] = []
  for await (const { region, items } of readRegion(texts(most), whole, chunks, {})) {
    expect(items.offsets).toHaveLength(region.shape[0]! * region.shape[1]! + 1)
    found.push(region)
  }
  return found
}

test('a region that holds little is read in one go', async () => {
  const whole = { start: [8, 0], shape: [20, 30] }
  expect(await regions(1000, whole, [4, 10])).toEqual([whole])
})

test('a region that holds too much is read in parts of whole chunks', async () => {
  expect(await regions(300, { start: [8, 0], shape: [20, 30] }, [4, 10])).toEqual([
    { start: [8, 0], shape: [8, 30] },
    { start: [16, 0], shape: [4, 30] },
    { start: [20, 0], shape: [8, 30] },
  ])
})

test('a single chunk is read however much it holds', async () => {
  expect(await regions(1, { start: [36, 30], shape: [4, 10] }, [4, 10])).toEqual([
    { start: [36, 30], shape: [4, 10] },
  ])
  expect(await regions(1, { start: [0, 30], shape: [6, 10] }, [4, 10])).toEqual([
    { start: [0, 30], shape: [4, 10] },
    { start: [4, 30], shape: [2, 10] },
  ])
})
