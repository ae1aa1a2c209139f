import { fixedItemSize, itemSize } from '@shared/dtype/itemsize'
import { ITEM_STATES, type Overview } from '@shared/model/plots'
import { cellCount, product } from '@shared/selection/counts'
import type { DimSlice } from '@shared/selection/selection'
import type { ZarrArray } from '../../nodes/array'
import { boxesOf, touchedChunks } from './boxes'
import { eachRow, Faults, plottedType, readBox, type BoxItems } from './read-boxes'

export interface OverviewQuery {
  dims: DimSlice[]
  /** Items at most along each dimension. */
  most: number[]
  field?: string | undefined
  /** Bytes that may be decoded; what would take more is read more coarsely. */
  budgetBytes: number
}

export interface OverviewOptions {
  signal?: AbortSignal | undefined
  /** Items read and to read of the present reading; `coarse` is what a coarser one has found. */
  onProgress?: ((done: number, total: number, coarse?: Overview) => void) | undefined
}

/** What asking for a chunk that is not there costs, in bytes that could be decoded meanwhile. */
const ASK_BYTES = 16_384
/** A first, coarse reading is made where the whole costs more than this. */
const QUICK_BYTES = 64 * 2 ** 20
/** How much coarser the first reading is along each dimension. */
const COARSER = 8

/**
 * Evenly spaced items of a slice, at most `most` along each dimension, in bounded memory. Strided reading touches a
 * chunk for few of its items, so that a large slice could decode the whole array: its steps are doubled until the
 * chunks touched fit the budget, those known to be missing by a coarser reading counting next to nothing.
 *
 * Throws SelectionError for items that are no numbers, UnsupportedError, IoError, AbortedError.
 */
export async function overview(
  array: ZarrArray,
  query: OverviewQuery,
  { signal, onProgress }: OverviewOptions = {},
): Promise<Overview> {
  plottedType(array, query.field)
  const read = (dims: DimSlice[], isCoarse: boolean): Promise<Overview> =>
    readOverview(array, { ...query, dims }, isCoarse, { signal, onProgress })
  const finest = withMost(query.dims, query.most)
  const costOf = (dims: DimSlice[], stored: number): number => {
    const chunks = product(touchedChunks(array.innerGrid, dims))
    return chunks * (ASK_BYTES + stored * chunkBytes(array))
  }
  if (costOf(finest, 1) <= QUICK_BYTES) return read(finest, false)

  let first = coarser(finest, COARSER)
  while (costOf(first, 1) > QUICK_BYTES && cellCount(first) > 1) first = coarser(first, 2)
  let shown = await read(first, true)
  for (const limit of limits(query.budgetBytes)) {
    onProgress?.(0, cellCount(finest), shown)
    const stored = storedShare(shown)
    let next = finest
    while (costOf(next, stored) > limit && cellCount(next) > cellCount(shown.dims)) next = coarser(next, 2)
    if (cellCount(next) <= cellCount(shown.dims)) continue
    shown = await read(next, next !== finest)
    if (next === finest) break
  }
  return shown
}

/** What the readings one after another may decode. */
function* limits(budget: number): Generator<number> {
  for (let limit = QUICK_BYTES; limit < budget; limit *= COARSER) yield limit
  yield budget
}

/** Share of the items that do not come from missing chunks. */
const storedShare = ({ states }: Overview): number =>
  states.reduce((n, state) => n + (state === MISSING ? 0 : 1), 0) / Math.max(1, states.length)

const MISSING = ITEM_STATES.indexOf('missing')

/** Every n-th index, so that no dimension has more than `most`. */
const withMost = (dims: readonly DimSlice[], most: readonly number[]): DimSlice[] =>
  dims.map((dim, k) => spaced(dim, Math.ceil(dim.count / Math.max(1, most[k] ?? 1))))

const coarser = (dims: readonly DimSlice[], by: number): DimSlice[] =>
  dims.map((dim) => spaced(dim, Math.min(by, dim.count)))

function spaced(dim: DimSlice, by: number): DimSlice {
  if (by <= 1) return dim
  return { ...dim, step: dim.step * by, count: Math.ceil(dim.count / by) }
}

function chunkBytes(array: ZarrArray): number {
  const items = array.innerGrid.axes.reduce((n, axis) => n * (axis.chunks === 0 ? 0 : axis.size(0)), 1)
  return items * (itemSize(array.dtype) ?? 1)
}

async function readOverview(
  array: ZarrArray,
  { dims, field }: OverviewQuery,
  isCoarse: boolean,
  { signal, onProgress }: OverviewOptions,
): Promise<Overview> {
  const dtype = plottedType(array, field)
  const size = fixedItemSize(dtype)
  const kept = dims.filter(({ drop }) => !drop)
  const shape = kept.map(({ count }) => count)
  const total = cellCount(dims)
  const [data, states] = [new Uint8Array(total * size), new Uint8Array(total)]
  const faults = new Faults()
  let done = 0
  for (const box of boxesOf(array.innerGrid, dims)) {
    const items = await readBox(array, box, { field, signal, lane: 'visible' }, faults)
    const start = box.flatMap((part, k) => (part.drop ? [] : [(part.start - dims[k]!.start) / part.step]))
    paste(items, { data, states, shape, size, start })
    done += cellCount(box)
    onProgress?.(done, total)
  }
  return { dims, shape, dtype, data, states, unreadable: faults.result(), isCoarse }
}

interface Place {
  data: Uint8Array
  states: Uint8Array
  shape: number[]
  size: number
  start: number[]
}

function paste(items: BoxItems, { data, states, shape, size, start }: Place): void {
  eachRow(shape, start, items.shape, (offset, length, row) => {
    const from = row * length
    data.set(items.data.subarray(from * size, (from + length) * size), offset * size)
    if (items.states) states.set(items.states.subarray(from, from + length), offset)
  })
}
