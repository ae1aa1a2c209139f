import { ConflictError, UsageError, ValueError } from '@shared/errors'
import { editJson } from '@shared/json/edit'
import type { DimSlice, Selection } from '@shared/selection/selection'
import { chunkGrid } from '../../chunks/grid'
import { parseChunkKey } from '../../chunks/keys'
import { ZarrArray } from '../array'
import type { WritableStore } from '../../stores/store'
import { parseDocuments } from '../documents'
import { openNode } from '../open'
import { followConsolidated } from './consolidate'
import { fillBlock } from './fill-block'
import { documentLock } from './key-locks'
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
 * With locks the array's current shape counts, which another writer may have changed since it was opened; without them
 * such a change is a ConflictError. Throws UsageError, ReadOnlyError, IoError.
 */
export async function resizeArray(
  array: ZarrArray,
  shape: readonly (number | null)[],
  options: Pick<ArrayWriteOptions, 'signal' | 'locks'> & {
    /** Told after each chunk outside the new shape, how many are gone. */
    onDelete?: (done: number) => void
  } = {},
): Promise<ZarrArray> {
  const store = writable(array.store)
  checkedShape(array, shape)
  return alone(array, options, async (current) => {
    const { shape: wanted, doomed } = await planResize(current, shape, options.signal)
    const resized = withShape(current, wanted)
    // What the growing array will show beyond its old edge, in chunks that exist already.
    await clearBeyond(resized, current.shape, options)
    await storeDocument(store, resized)
    for (const [i, { key }] of doomed.entries()) {
      await store.delete(key)
      options.onDelete?.(i + 1)
    }
    await clearBeyond(current, wanted, options)
    await followConsolidated(store, array.path, options.locks)
    return resized
  })
}

/**
 * Appends items along an axis: they are written beyond the array's edge, then the array grows by their length.
 * Throws ValueError where the other lengths differ; then nothing was changed. Locks as in `resizeArray`.
 */
export async function appendArray(
  array: ZarrArray,
  block: ItemBlock,
  axis: number,
  options: ArrayWriteOptions = {},
): Promise<ZarrArray> {
  return appendItems(array, block.shape, axis, options, async (grown, selection) => {
    await writeArray(grown, selection, block, options)
  })
}

/** Takes away what was written for an array that then did not grow. */
async function takeBack(current: ZarrArray, grown: ZarrArray): Promise<void> {
  const { store, path, metadata, shape, grid } = current
  const prefix = path === '' ? 0 : path.length + 1
  for await (const batch of store.scan(path))
    for (const { key } of batch) {
      const coords = parseChunkKey(metadata.keyEncoding, key.slice(prefix), shape.length)
      const isNew =
        coords?.some((c, k) => c >= grid.gridShape[k]!) &&
        coords.every((c, k) => c < grown.grid.gridShape[k]!)
      if (isNew) await writable(store).delete(key)
    }
  await clearBeyond(grown, shape, {})
}

/** Appends items of `shape` that `write` puts into the selection it is given, of the array as it will be. */
export async function appendItems(
  array: ZarrArray,
  shape: readonly number[],
  axis: number,
  options: Pick<ArrayWriteOptions, 'signal' | 'locks'>,
  write: (grown: ZarrArray, selection: Selection) => Promise<void>,
): Promise<ZarrArray> {
  const store = writable(array.store)
  const at = axis < 0 ? axis + array.shape.length : axis
  if (!Number.isInteger(at) || at < 0 || at >= array.shape.length)
    throw new UsageError(`The array has ${array.shape.length} dimensions; there is no axis ${axis}.`)
  return alone(array, options, async (current) => {
    const fits =
      shape.length === current.shape.length && shape.every((n, k) => k === at || n === current.shape[k])
    if (!fits)
      throw new ValueError(
        `Items of shape (${shape.join(', ')}) cannot be appended to shape (${current.shape.join(', ')}) along axis ${at}: the other lengths must be equal.`,
      )
    const before = current.shape[at]!
    const grown = withShape(
      current,
      current.shape.map((n, k) => (k === at ? n + shape[k]! : n)),
    )
    const dims = grown.shape.map((n, k): DimSlice =>
      k === at ? { start: before, step: 1, count: n - before } : { start: 0, step: 1, count: n },
    )
    try {
      await write(grown, { kind: 'basic', dims })
      await storeDocument(store, grown)
    } catch (error) {
      await takeBack(current, grown).catch(() => undefined)
      throw error
    }
    await followConsolidated(store, array.path, options.locks)
    return grown
  })
}

/**
 * Runs a change of shape while nobody else with the same locks makes one, on the array as it is stored now.
 * Throws ConflictError where it is no longer what was opened and no lock says whose change counts.
 */
async function alone(
  array: ZarrArray,
  { locks, signal }: Pick<ArrayWriteOptions, 'signal' | 'locks'>,
  work: (current: ZarrArray) => Promise<ZarrArray>,
): Promise<ZarrArray> {
  const { store, path, context, metadata } = array
  const run = async (): Promise<ZarrArray> => {
    const current = await openNode(store, path, context, { format: metadata.zarrFormat, signal })
    const key = metadata.source[0]?.key ?? path
    if (current.kind !== 'array') throw new ConflictError(key)
    if (!locks && current.shape.some((n, k) => n !== array.shape[k])) throw new ConflictError(key)
    return work(current)
  }
  return locks ? locks.holding([documentLock(path)], run, signal) : run()
}

async function storeDocument(store: WritableStore, { metadata }: ZarrArray): Promise<void> {
  const document = metadata.source[0]!
  await store.set(document.key, utf8(document.text))
}

/** The lengths that are asked for, null those of the array. Throws UsageError for lengths that no array can have. */
export function checkedShape(array: ZarrArray, shape: readonly (number | null)[]): number[] {
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
      // What lies beyond several edges at once is part of the first of these boxes.
      return { start: 0, step: 1, count: i < k ? Math.min(n, edge[i]!) : edgeChunkEnd(array, edge, i) }
    })
    await writeArray(array, { kind: 'basic', dims }, fillBlock(array), { ...options, lane: 'background' })
  }
}

/** Where the last chunk ends that holds something inside the edge. */
function edgeChunkEnd({ grid }: ZarrArray, edge: readonly number[], k: number): number {
  const axis = grid.axes[k]!
  if (edge[k]! >= axis.length) return axis.length
  const chunk = axis.chunkAt(edge[k]! - 1)
  return Math.min(axis.length, axis.start(chunk) + axis.size(chunk))
}
