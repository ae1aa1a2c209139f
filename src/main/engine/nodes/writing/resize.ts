import { UsageError, ValueError } from '@shared/errors'
import { editJson } from '@shared/json/edit'
import type { DimSlice } from '@shared/selection/selection'
import { chunkGrid } from '../../chunks/grid'
import { parseChunkKey } from '../../chunks/keys'
import { fillItem } from '../../pool/fill-item'
import { itemSize } from '@shared/dtype/itemsize'
import { ZarrArray } from '../array'
import { parseDocuments } from '../documents'
import { followConsolidated } from './consolidate'
import { utf8, writable } from './writable'
import { writeArray, type ArrayWriteOptions, type ItemBlock } from './write-array'

/** What a change of shape removes. */
export interface ResizePlan {
  shape: number[]
  /** Stored chunks (shards) that lie outside the new shape, by store key, and their bytes. */
  doomed: { key: string; size: number }[]
  bytes: number
}

/** Finds what resizing would delete, without changing anything. A null length keeps a dimension. Throws UsageError. */
export async function planResize(
  array: ZarrArray,
  shape: readonly (number | null)[],
  signal?: AbortSignal,
): Promise<ResizePlan> {
  const wanted = checkedShape(array, shape)
  const doomed: ResizePlan['doomed'] = []
  if (wanted.some((length, k) => length < array.shape[k]!)) {
    const { gridShape } = chunkGrid(array.metadata.grid, wanted)
    const prefix = array.path === '' ? 0 : array.path.length + 1
    for await (const batch of array.store.scan(array.path, signal ? { signal } : {}))
      for (const { key, size } of batch) {
        const coords = parseChunkKey(array.metadata.keyEncoding, key.slice(prefix), wanted.length)
        if (coords?.some((c, k) => c >= gridShape[k]!)) doomed.push({ key, size })
      }
  }
  return { shape: wanted, doomed, bytes: doomed.reduce((n, { size }) => n + size, 0) }
}

/**
 * Changes an array's shape. Data is not rearranged: chunks outside the new shape are deleted, and what becomes visible
 * again later shows the fill value, also in chunks at the edge and where another program left old values there.
 * Growing writes chunks before metadata, shrinking metadata before chunks. Gives the array with its new metadata.
 * Throws UsageError, ReadOnlyError, IoError.
 */
export async function resizeArray(
  array: ZarrArray,
  shape: readonly (number | null)[],
  options: Pick<ArrayWriteOptions, 'signal' | 'locks'> = {},
): Promise<ZarrArray> {
  const store = writable(array.store)
  const { shape: wanted, doomed } = await planResize(array, shape, options.signal)
  const resized = withShape(array, wanted)
  const document = resized.metadata.source[0]!
  // What the growing array will show beyond its old edge, in chunks that exist already.
  await clearBeyond(resized, array.shape, options)
  await store.set(document.key, utf8(document.text))
  for (const { key } of doomed) await store.delete(key)
  await clearBeyond(array, wanted, options)
  await followConsolidated(store, array.path)
  return resized
}

/**
 * Appends items along an axis: the array grows by their length, then they are written.
 * Throws ValueError where the other lengths differ; then nothing was changed.
 */
export async function appendArray(
  array: ZarrArray,
  block: ItemBlock,
  axis: number,
  options: ArrayWriteOptions = {},
): Promise<ZarrArray> {
  const at = axis < 0 ? axis + array.shape.length : axis
  if (!Number.isInteger(at) || at < 0 || at >= array.shape.length)
    throw new UsageError(`The array has ${array.shape.length} dimensions; there is no axis ${axis}.`)
  const fits =
    block.shape.length === array.shape.length && block.shape.every((n, k) => k === at || n === array.shape[k])
  if (!fits)
    throw new ValueError(
      `Items of shape (${block.shape.join(', ')}) cannot be appended to shape (${array.shape.join(', ')}) along axis ${at}: the other lengths must be equal.`,
    )
  const before = array.shape[at]!
  const grown = await resizeArray(
    array,
    array.shape.map((n, k) => (k === at ? n + block.shape[k]! : n)),
    options,
  )
  const dims = grown.shape.map((n, k): DimSlice =>
    k === at ? { start: before, step: 1, count: n - before } : { start: 0, step: 1, count: n },
  )
  await writeArray(grown, { kind: 'basic', dims }, block, options)
  return grown
}

function checkedShape(array: ZarrArray, shape: readonly (number | null)[]): number[] {
  if (shape.length !== array.shape.length)
    throw new UsageError(
      `The new shape has ${shape.length} lengths; the array has ${array.shape.length} dimensions.`,
    )
  return shape.map((length, k) => {
    const wanted = length ?? array.shape[k]!
    if (!Number.isSafeInteger(wanted) || wanted < 0)
      throw new UsageError(
        `The length of dimension ${k} must be a whole number from 0 to 2^53 - 1, not ${wanted}.`,
      )
    return wanted
  })
}

/** The array as it will be, parsed from its edited document. */
function withShape(array: ZarrArray, shape: number[]): ZarrArray {
  const { store, path, metadata, origin, context } = array
  if (metadata.grid.kind === 'rectilinear')
    throw new UsageError(
      'Arrays with a rectilinear chunk grid cannot be resized: their chunks are listed one by one.',
    )
  const [document] = metadata.source
  if (!document) throw new UsageError(`"${path}" has no metadata document of its own that could be changed.`)
  const name = document.key.slice(path === '' ? 0 : path.length + 1)
  const text = editJson(document.text, ['shape'], { kind: 'set', value: shape }, { key: document.key })
  const texts = new Map(metadata.source.map((s) => [s.key.slice(path === '' ? 0 : path.length + 1), s.text]))
  const parsed = parseDocuments(path, texts.set(name, text), metadata.zarrFormat)
  if (parsed?.metadata.kind !== 'array') throw new UsageError(`"${path}" is no array any more.`)
  return new ZarrArray(store, path, parsed.metadata, origin, context)
}

/** Sets what lies outside `edge` but inside the array and inside the chunks at that edge to the fill value. */
async function clearBeyond(
  array: ZarrArray,
  edge: readonly number[],
  options: Pick<ArrayWriteOptions, 'signal' | 'locks'>,
): Promise<void> {
  if (array.shape.includes(0) || edge.includes(0)) return
  for (const [k, axis] of array.grid.axes.entries()) {
    const from = edge[k]!
    if (from >= axis.length) continue
    const chunk = axis.chunkAt(from)
    if (axis.start(chunk) === from) continue
    const to = Math.min(axis.length, axis.start(chunk) + axis.size(chunk))
    const dims = array.shape.map((n, i): DimSlice => {
      if (i === k) return { start: from, step: 1, count: to - from }
      return { start: 0, step: 1, count: Math.min(n, edge[i]!) }
    })
    await writeArray(array, { kind: 'basic', dims }, fillBlock(array), { ...options, lane: 'background' })
  }
}

function fillBlock({ metadata, dtype }: ZarrArray): ItemBlock {
  const fill =
    metadata.fill ?? (itemSize(dtype) === null ? new Uint8Array() : fillItem({ dtype, fill: null }))
  if (itemSize(dtype) !== null) return { data: fill, shape: [] }
  return { data: fill, offsets: Uint32Array.of(0, fill.length), shape: [] }
}
