import { itemSize } from '@shared/dtype/itemsize'
import { product } from '@shared/selection/counts'
import { fillProjection } from '../chunks/fill'
import { scatter } from '../chunks/scatter'
import { cOrderStrides, wholeProjection } from '../chunks/whole-projection'
import type { ZarrArray } from '../nodes/array'
import { fillItem } from '../pool/fill-item'
import { storedBytesOf } from '../stats/shard-place'
import { shownChunk } from '../stats/shown-grid'

/** A decoded chunk, or a part of one, in memory that worker threads share. */
export interface SampleChunk {
  coords: number[]
  /** What candidates are given: the declared shape of the chunk, cut to the budget; variable items: what the array has. */
  shape: number[]
  /** Canonical items in C order; beyond the array's edge the fill value, as a writer has it. */
  data: Uint8Array
  offsets?: Uint32Array
  /** Bytes of the whole chunk as stored, and of all its items. */
  storedBytes: number
  rawBytes: number
}

export type ChunkOutcome =
  { state: 'stored'; chunk: SampleChunk } | { state: 'missing' | 'error'; why?: string }

/**
 * Reads one chunk of the grid that people see (inner chunks, with shards), or its first part where it has more than
 * `mostBytes`. Throws what makes reading any chunk impossible.
 */
export async function readSampleChunk(
  array: ZarrArray,
  coords: readonly number[],
  mostBytes: number,
  signal: AbortSignal | undefined,
): Promise<ChunkOutcome> {
  const shown = shownChunk(array, coords)
  const { start, declared } = shown
  const item = itemSize(array.dtype)
  const shape = cutShape(declared, Math.max(1, Math.floor(mostBytes / (item || 16))))
  const inside = shape.map((size, k) => Math.min(size, shown.inside[k]!))
  const dims = start.map((index, k) => ({ start: index, step: 1, count: inside[k]! }))
  const options = { lane: 'background' as const, ...(signal && { signal }) }
  const { data, offsets, parts, failures } = await array.read({ kind: 'basic', dims }, options)
  const [failure] = failures
  if (failure) return { state: 'error', why: failure.error.message }
  if (parts.every(({ state }) => state === 'missing')) return { state: 'missing' }
  const storedBytes = await storedBytesOf(array, shown, signal)
  const known = { coords: [...coords], storedBytes }
  if (item === null)
    return {
      state: 'stored',
      chunk: { ...known, shape: inside, data, ...(offsets && { offsets }), rawBytes: data.length },
    }
  const padded = paddedItems(array, { data, shape: inside }, shape, item)
  const rawBytes = declared.reduce((n, length) => n * length, item)
  return { state: 'stored', chunk: { ...known, shape, data: padded, rawBytes } }
}

/** A shape of at most `items` items: the longest dimension is halved until it fits. */
export function cutShape(shape: readonly number[], items: number): number[] {
  const cut = [...shape]
  for (;;) {
    if (product(cut) <= items) return cut
    const longest = cut.indexOf(Math.max(...cut))
    if (cut[longest]! <= 1) return cut
    cut[longest] = Math.ceil(cut[longest]! / 2)
  }
}

function paddedItems(
  { metadata, dtype }: ZarrArray,
  inside: { data: Uint8Array; shape: number[] },
  shape: readonly number[],
  item: number,
): Uint8Array {
  const items = product(shape)
  const bytes = new Uint8Array(new SharedArrayBuffer(items * item))
  const output = { bytes, strides: cOrderStrides(shape) }
  if (bytes.length === inside.data.length) {
    bytes.set(inside.data)
    return bytes
  }
  fillProjection(wholeProjection(shape), output, fillItem({ dtype, fill: metadata.fill }))
  const chunk = { ...inside, dtype, strides: cOrderStrides(inside.shape), bigEndian: false }
  scatter(chunk, wholeProjection(inside.shape), output)
  return bytes
}
