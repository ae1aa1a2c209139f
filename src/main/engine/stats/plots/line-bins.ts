import { SelectionError } from '@shared/errors'
import type { Exact, LineBins, PlotValue } from '@shared/model/plots'
import { cellCount } from '@shared/selection/counts'
import type { DimSlice } from '@shared/selection/selection'
import type { ZarrArray } from '../../nodes/array'
import type { LineAccumulator } from '../../pool/reductions/line'
import { boxesOf } from './boxes'
import { Faults } from './read-boxes'
import { sharedCounts, sharedNumbers, SliceReader } from './reduce-boxes'

export interface LineQuery extends PlotValue {
  /** All but one dimension have one index. */
  dims: DimSlice[]
  /** Bins at most. */
  bins: number
}

export interface PlotOptions {
  signal?: AbortSignal | undefined
  /** Items done and to do. */
  onProgress?: (done: number, total: number) => void
}

/**
 * Smallest, largest and mean of equal stretches of a line, exact, in bounded memory: every item is looked at, so that
 * no spike is lost. Chunks that cannot be read leave a gap and are told.
 *
 * Throws SelectionError for a slice that is no line and for items that are no numbers, UnsupportedError, AbortedError.
 */
export async function lineBins(
  array: ZarrArray,
  { dims, bins, ...value }: LineQuery,
  { signal, onProgress }: PlotOptions = {},
): Promise<LineBins> {
  const axis = dims.findIndex(({ count }) => count !== 1)
  if (axis >= 0 && dims.some(({ count }, k) => k !== axis && count !== 1))
    throw new SelectionError('A line needs a slice in which one dimension alone has several indices.')
  const total = cellCount(dims)
  const faults = new Faults()
  let done = 0
  const onItems = (items: number): void => onProgress?.((done += items), total)
  const boxes = { boxes: boxesOf(array.innerGrid, dims), items: total }
  const reader = new SliceReader(array, boxes, faults, { value, signal, onItems })
  const { dtype } = reader
  const binSize = Math.max(1, Math.ceil(total / bins))
  const count = Math.ceil(total / binSize)
  const sums = { pivot: sharedNumbers(dtype, count), above: sharedCounts(count) }
  const found = {
    min: sharedNumbers(dtype, count),
    max: sharedNumbers(dtype, count),
    values: sharedCounts(count),
    missing: sharedCounts(count),
    unreadable: sharedCounts(count),
  }
  const { tally } = await reader.pass((box): LineAccumulator[] => {
    const from = axis < 0 ? 0 : (box[axis]!.start - dims[axis]!.start) / dims[axis]!.step
    return [{ kind: 'line', binSize, from, ...sums, ...found }]
  })
  const meanAbove = Float64Array.from(found.values, (values, i) => {
    if (values === 0) return NaN
    return difference(sums.pivot[i]!, found.min[i]!) + sums.above[i]! / values
  })
  return {
    binSize,
    dtype,
    min: found.min.slice(),
    max: found.max.slice(),
    meanAbove,
    values: found.values.slice(),
    missing: found.missing.slice(),
    unreadableItems: found.unreadable.slice(),
    tally,
    unreadable: faults.result(),
  }
}

/** Exact before it is rounded to a double. */
const difference = (a: Exact, b: Exact): number =>
  typeof a === 'bigint' && typeof b === 'bigint' ? Number(a - b) : Number(a) - Number(b)
