import { SelectionError, toErrorBody, ZarrscopeError, isAborted } from '@shared/errors'
import { itemSize } from '@shared/dtype/itemsize'
import type { ChunkDetail } from '@shared/model/chunk-map'
import { chunkGrid, type ChunkGrid } from '../chunks/grid'
import { nodeFs } from '../files/node'
import type { ArrayReadResult, ZarrArray } from '../nodes/array'
import { accumulator } from './accumulate'
import { ShardLayout } from './shard-layout'

interface Options {
  signal?: AbortSignal
}

/**
 * One chunk of the grid (inner chunk, with shards), decoded once: where it lies, what it takes, what it holds. A chunk
 * that cannot be read is told with its reason. Throws SelectionError for coordinates outside the grid, AbortedError.
 */
export async function chunkDetail(
  array: ZarrArray,
  coords: readonly number[],
  { signal }: Options = {},
): Promise<ChunkDetail> {
  const grid = gridOf(array)
  if (coords.length !== grid.gridShape.length || coords.some((c, k) => c >= grid.gridShape[k]!)) {
    throw new SelectionError(
      `There is no chunk (${coords.join(', ')}); the grid is (${grid.gridShape.join(', ')}).`,
    )
  }
  const start = coords.map((c, k) => grid.axes[k]!.start(c))
  const declared = coords.map((c, k) => grid.axes[k]!.size(c))
  const shape = declared.map((size, k) => Math.min(size, grid.axes[k]!.length - start[k]!))
  const stored = start.map((index, k) => array.grid.axes[k]!.chunkAt(index))
  const key = array.chunkKey(stored)
  const [content, storedBytes, modified] = await Promise.all([
    contentOf(array, start, shape, signal),
    storedBytesOf(array, stored, coords, signal),
    modifiedOf(array, key),
  ])
  const itemsize = array.metadata.dtype && itemSize(array.metadata.dtype)
  const items = declared.reduce((n, length) => n * length, 1)
  return {
    coords: [...coords],
    key,
    start,
    shape,
    rawBytes: itemsize === null ? (content.bytes ?? 0) : items * itemsize,
    storedBytes,
    ...content.detail,
    ...(modified === undefined ? {} : { modified }),
  }
}

/** The grid that people see: inner chunks of the first level, where there are shards. */
export function gridOf({ layout, metadata, grid }: ZarrArray): ChunkGrid {
  return layout.chunks ? chunkGrid({ kind: 'regular', shape: layout.chunks }, metadata.shape) : grid
}

interface Content {
  detail: Pick<ChunkDetail, 'state' | 'error' | 'statistics'>
  bytes?: number
}

async function contentOf(
  array: ZarrArray,
  start: readonly number[],
  shape: readonly number[],
  signal: AbortSignal | undefined,
): Promise<Content> {
  const dims = start.map((index, k) => ({ start: index, step: 1, count: shape[k]! }))
  try {
    const result = await array.read({ kind: 'basic', dims }, signal ? { signal } : {})
    const [failure] = result.failures
    if (failure) return { detail: { state: 'error', error: failure.error.message } }
    if (result.parts.every(({ state }) => state === 'missing')) return { detail: { state: 'missing' } }
    return {
      detail: { state: 'stored', statistics: statisticsOf(result, array.metadata.fill) },
      bytes: result.data.length,
    }
  } catch (error) {
    if (isAborted(error) || !(error instanceof ZarrscopeError)) throw error
    return { detail: { state: 'error', error: toErrorBody(error).message } }
  }
}

function statisticsOf(
  result: ArrayReadResult,
  fill: Uint8Array | null,
): NonNullable<ChunkDetail['statistics']> {
  const { data, offsets, dtype, shape } = result
  const total = accumulator(dtype)
  total.add(data, offsets)
  const { min, max, mean, nans } = total.facts()
  return {
    count: shape.reduce((n, length) => n * length, 1),
    min: min ?? '',
    max: max ?? '',
    mean: mean ?? '',
    nans,
    fillOnly: fill !== null && holdsOnly(data, offsets, fill),
  }
}

/** Whether canonical items are nothing but the fill value. */
export function holdsOnly(data: Uint8Array, offsets: Uint32Array | undefined, fill: Uint8Array): boolean {
  const same = (at: number, end: number): boolean =>
    end - at === fill.length && fill.every((byte, i) => data[at + i] === byte)
  if (offsets) return offsets.every((end, i) => i === 0 || same(offsets[i - 1]!, end))
  for (let at = 0; at < data.length; at += fill.length) if (!same(at, at + fill.length)) return false
  return true
}

/** Stored bytes of one chunk of the grid; 0 where it is missing or its shard cannot be read. */
export async function storedBytesOf(
  array: ZarrArray,
  stored: readonly number[],
  coords: readonly number[],
  signal: AbortSignal | undefined,
): Promise<number> {
  const layout = ShardLayout.of(array)
  try {
    if (!layout) return (await array.store.size(array.chunkKey(stored), signal ? { signal } : {})) ?? 0
    const index = await layout.index(stored, signal)
    let found = 0
    if (index) {
      layout.eachStored(stored, index, (at, size) => {
        if (coords.every((c, k) => at[k] === c)) found = size
      })
    }
    return found
  } catch (error) {
    // What is wrong with it is told by reading it.
    if (isAborted(error) || !(error instanceof ZarrscopeError)) throw error
    return 0
  }
}

async function modifiedOf(array: ZarrArray, key: string): Promise<number | undefined> {
  const located = array.store.locate(key)
  if (located?.kind !== 'file') return undefined
  return nodeFs.stat(located.path).then(
    ({ mtimeNs }) => Number(mtimeNs / 1_000_000n),
    () => undefined,
  )
}
