import { ValueError } from '@shared/errors'
import { isWide } from '@shared/dtype/numbers'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { Exact, Histogram, PlotValue } from '@shared/model/plots'
import { cellCount } from '@shared/selection/counts'
import type { DimSlice } from '@shared/selection/selection'
import type { ZarrArray } from '../../nodes/array'
import type { EdgeBins, WholeBins } from '../../pool/reductions/bins'
import { digitLevels } from '../../pool/reductions/digits'
import type { Extent } from '../../pool/reductions/extent'
import { sampledBoxes } from './boxes'
import { doubleEdges, wholeEdges } from './edges'
import type { PlotOptions } from './line-bins'
import { OrderStatistics } from './order-statistics'
import { Faults } from './read-boxes'
import { sharedCounts, SliceReader } from './reduce-boxes'

export interface HistogramQuery extends PlotValue {
  dims: DimSlice[]
  /** Bins at most; integers may need fewer. */
  bins: number
  /** In decimal digits: whole ones for 64-bit types. */
  range?: { min: string; max: string } | undefined
  /** Bins of equal ratio; values of 0 and less lie below them. Not for 64-bit integers. */
  log?: boolean | undefined
  /** Shares of the values, 0 to 1. */
  quantiles: number[]
}

/** What is looked at whole; of more, evenly spread chunks are. */
const SAMPLE = { items: 2 ** 28, chunks: 2 ** 17 }

/**
 * Counts values in bins, and finds quantiles as values that occur, both exact over what was looked at. Integers get
 * bins with whole edges. Reads the slice once where it is small, else once per digit of its quantiles; memory is
 * bounded. Chunks that cannot be read are left out and told.
 *
 * Throws SelectionError for items that are no numbers, UnsupportedError, AbortedError.
 */
export async function histogram(
  array: ZarrArray,
  { dims, bins, range, log = false, quantiles, ...value }: HistogramQuery,
  { signal, onProgress }: PlotOptions = {},
): Promise<Histogram> {
  const { isSample, ...boxes } = sampledBoxes(array.innerGrid, dims, SAMPLE)
  const faults = new Faults()
  let [done, total] = [0, boxes.items * 2]
  const onItems = (items: number): void => onProgress?.((done += items), total)
  const reader = new SliceReader(array, boxes, faults, { value, signal, onItems })
  const { dtype } = reader
  const passes = Math.max(2, quantiles.length > 0 ? digitLevels(dtype) : 0)
  total = boxes.items * passes

  const order = new OrderStatistics(dtype, quantiles)
  const first = await reader.pass(() => order.accumulators(0))
  order.finishLevel(first.tally.values)
  const bounds = range ? readRange(range, dtype) : boundsOf(first.extent, log)
  const counted = bounds && binsBetween(dtype, bounds, bins, log && !isWide(dtype))
  for (let level = 1; level < passes; level++) {
    await reader.pass(() => [...order.accumulators(level), ...(level === 1 && counted ? [counted] : [])])
    order.finishLevel()
  }
  return {
    edges: counted ? edgesOf(counted) : [],
    counts: counted ? counted.counts.slice(1, -1) : new Float64Array(),
    below: counted?.counts[0] ?? 0,
    above: counted?.counts.at(-1) ?? 0,
    min: first.extent.min,
    max: first.extent.max,
    quantiles: order.results(),
    tally: first.tally,
    sampledFrom: isSample ? cellCount(dims) : null,
    dtype,
    unreadable: faults.result(),
  }
}

function readRange(
  { min, max }: { min: string; max: string },
  dtype: DataTypeSpec,
): { min: Exact; max: Exact } {
  const read = (text: string): Exact => {
    if (!isWide(dtype)) return Number(text)
    if (!/^[+-]?\d+$/.test(text))
      throw new ValueError(`"${text}" is no whole number, which 64-bit values are.`)
    return BigInt(text)
  }
  return { min: read(min), max: read(max) }
}

function boundsOf({ min, max, minPositive }: Extent, log: boolean): { min: Exact; max: Exact } | null {
  const low = log && typeof min === 'number' ? minPositive : min
  return low === null || max === null ? null : { min: low, max }
}

function binsBetween(
  dtype: DataTypeSpec,
  { min, max }: { min: Exact; max: Exact },
  bins: number,
  log: boolean,
): EdgeBins | WholeBins {
  if (isWide(dtype)) {
    const { first, width, count } = wholeEdges(BigInt(min), BigInt(max), bins)
    return { kind: 'whole', first, width, counts: sharedCounts(count + 2) }
  }
  const isWhole = dtype.kind === 'bool' || dtype.kind === 'int' || dtype.kind === 'uint'
  const edges = doubleEdges(Number(min), Number(max), bins, { log, isWhole })
  return { kind: 'edges', edges, log, isClosed: log || !isWhole, counts: sharedCounts(edges.length + 1) }
}

function edgesOf(bins: EdgeBins | WholeBins): Exact[] {
  if (bins.kind === 'edges') return Array.from(bins.edges)
  return Array.from({ length: bins.counts.length - 1 }, (_, i) => bins.first + bins.width * BigInt(i))
}
