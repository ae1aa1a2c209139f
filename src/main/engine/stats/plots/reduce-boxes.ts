import type { DataTypeSpec } from '@shared/dtype/spec'
import { dataType } from '@shared/dtype/registry'
import { isWide, readNumbers } from '@shared/dtype/numbers'
import type { Exact, PlotValue, Tally } from '@shared/model/plots'
import { cellCount } from '@shared/selection/counts'
import type { DimSlice } from '@shared/selection/selection'
import type { ZarrArray } from '../../nodes/array'
import type { Accumulator } from '../../pool/reduce-operation'
import { joinedExtent, type Extent } from '../../pool/reductions/extent'
import { addTally, emptyTally } from '../../pool/reductions/usable'
import { plottedType, readBox, type BoxItems, type Faults } from './read-boxes'

/** A whole slice is kept between passes up to this size. */
const KEPT_BYTES = 64 * 2 ** 20

export interface SliceReaderOptions {
  value: PlotValue
  signal?: AbortSignal | undefined
  onItems?: (items: number) => void
}

/**
 * Passes over the boxes of a slice: worker threads read, decode and add up, box after box, while the next box is
 * already being read. What is small is kept and read only once.
 */
export class SliceReader {
  readonly dtype: DataTypeSpec
  private readonly array: ZarrArray
  private readonly boxes: Iterable<DimSlice[]>
  private readonly options: SliceReaderOptions
  private readonly faults: Faults
  private readonly masked: Exact[]
  private kept: BoxItems[] | undefined

  constructor(
    array: ZarrArray,
    { boxes, items }: { boxes: Iterable<DimSlice[]>; items: number },
    faults: Faults,
    options: SliceReaderOptions,
  ) {
    this.dtype = plottedType(array, options.value.field)
    this.array = array
    this.options = options
    this.faults = faults
    const bytes = items * (dataType(this.dtype).itemsize ?? 0)
    const willKeep = bytes <= KEPT_BYTES
    this.boxes = willKeep ? boxes : [...boxes]
    this.masked = maskedNumbers(this.dtype, options.value)
    this.kept = willKeep ? [] : undefined
  }

  /** One pass; `accumulators` says for each box what its numbers are added to. */
  async pass(accumulators: (box: DimSlice[]) => Accumulator[]): Promise<{ extent: Extent; tally: Tally }> {
    const { executor } = this.array.context
    const { signal, onItems, value } = this.options
    const tally = emptyTally()
    let extent: Extent = { min: null, max: null, minPositive: null }
    for await (const { dims, dtype, data, states } of this.items()) {
      const items = {
        dtype,
        data,
        states,
        part: value.part,
        countMissing: value.countMissing ?? false,
        masked: this.masked,
      }
      const run = { lane: 'background', ...(signal ? { signal } : {}) } as const
      const reduced = await executor.reduce({ items, into: accumulators(dims) }, run)
      extent = joinedExtent(extent, reduced.extent)
      addTally(tally, reduced.tally)
      onItems?.(cellCount(dims))
    }
    return { extent, tally }
  }

  private async *items(): AsyncGenerator<BoxItems> {
    if (this.kept && this.kept.length > 0) {
      yield* this.kept
      return
    }
    const boxes = this.boxes[Symbol.iterator]()
    const { value, signal } = this.options
    const read = (): Promise<BoxItems> | undefined => {
      const next = boxes.next()
      if (next.done) return undefined
      const box = readBox(
        this.array,
        next.value,
        { field: value.field, signal, lane: 'background' },
        this.faults,
      )
      // A failure is met when its turn comes; nobody may be left to meet it when an earlier box failed.
      box.catch(() => undefined)
      return box
    }
    for (let pending = read(); pending;) {
      const box = await pending
      pending = read()
      this.kept?.push(box)
      yield box
    }
  }
}

/** What was given as text, as the numbers that items are compared with. Throws ValueError for text that is no item. */
function maskedNumbers(dtype: DataTypeSpec, { masked = [], part }: PlotValue): Exact[] {
  return masked.map((text) => readNumbers(dtype, dataType(dtype).parse(text), part)[0]!)
}

/** New numbers of a data type's width on shared memory, zeros. */
export function sharedNumbers(
  dtype: DataTypeSpec,
  count: number,
): Float64Array | BigInt64Array | BigUint64Array {
  const buffer = new SharedArrayBuffer(8 * count)
  if (!isWide(dtype)) return new Float64Array(buffer)
  return dtype.kind === 'uint' ? new BigUint64Array(buffer) : new BigInt64Array(buffer)
}

export const sharedCounts = (count: number): Float64Array =>
  new Float64Array(new SharedArrayBuffer(8 * count))
