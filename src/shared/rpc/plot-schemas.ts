/** Validation of what plots ask for; see model/plots. */
import * as v from 'valibot'
import { COMPLEX_PARTS } from '../dtype/numbers'
import { dims, dimSlice, index, nodePath, storeId, text } from './schemas'
import { product } from '../selection/counts'

const MOST_ITEMS = 4_000_000

const slice = { store: storeId, path: nodePath, dims: dims(dimSlice) }
const field = v.exactOptional(text(4096))
const plotValue = {
  field,
  part: v.exactOptional(v.picklist(COMPLEX_PARTS)),
  masked: v.exactOptional(v.pipe(v.array(text(256)), v.maxLength(16))),
  countMissing: v.exactOptional(v.boolean()),
}
const number = v.pipe(
  text(64),
  v.regex(/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, 'a number in decimal digits'),
)

export const overviewInput = v.object({
  ...slice,
  most: v.pipe(
    dims(v.pipe(index, v.minValue(1))),
    v.check((n) => product(n) <= MOST_ITEMS, 'an overview has at most 4,000,000 items'),
  ),
  field,
  /** Bytes that may be decoded; what would take more is read more coarsely. */
  budgetBytes: v.pipe(index, v.minValue(1)),
})

export const lineInput = v.object({
  ...slice,
  bins: v.pipe(index, v.minValue(1), v.maxValue(16_384)),
  ...plotValue,
})

export const histogramInput = v.object({
  ...slice,
  bins: v.pipe(index, v.minValue(1), v.maxValue(4096)),
  /** Where the bins begin and end, whole numbers for 64-bit types; the smallest and the largest value when absent. */
  range: v.exactOptional(v.object({ min: number, max: number })),
  /** Bins of equal ratio instead of equal width, over positive values. */
  log: v.exactOptional(v.boolean()),
  quantiles: v.pipe(v.array(v.pipe(v.number(), v.minValue(0), v.maxValue(1))), v.maxLength(16)),
  ...plotValue,
})
