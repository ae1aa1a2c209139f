import type { Numbers } from '@shared/dtype/numbers'
import { ITEM_STATES } from '@shared/model/plots'
import type { NumberItems, UsableNumbers } from './usable'

/** What every bin of a line holds so far; all on shared memory. */
export interface LineAccumulator {
  kind: 'line'
  binSize: number
  /** Place of the first of the items along the line. */
  from: number
  min: Numbers
  max: Numbers
  /** A value of the bin, and the sum of how far all of its values lie above that. */
  pivot: Numbers
  above: Float64Array
  values: Float64Array
  missing: Float64Array
  unreadable: Float64Array
}

const MISSING = ITEM_STATES.indexOf('missing')
const ERROR = ITEM_STATES.indexOf('error')

/** Adds consecutive items of the line to their bins. */
export function addToLine(
  into: LineAccumulator,
  items: NumberItems,
  { numbers, usable }: UsableNumbers,
): void {
  countStates(into, items.states)
  if (numbers instanceof Float64Array) addDoubles(into, numbers, usable)
  else addIntegers(into, numbers, usable)
}

function countStates({ from, binSize, missing, unreadable }: LineAccumulator, states?: Uint8Array): void {
  if (!states) return
  for (let i = 0; i < states.length; i++) {
    const bin = Math.floor((from + i) / binSize)
    if (states[i] === MISSING) missing[bin]!++
    else if (states[i] === ERROR) unreadable[bin]!++
  }
}

function addDoubles(into: LineAccumulator, numbers: Float64Array, usable: Uint8Array): void {
  const { from, binSize, values, above } = into
  const [min, max, pivot] = [into.min, into.max, into.pivot] as Float64Array[] as [
    Float64Array,
    Float64Array,
    Float64Array,
  ]
  for (let i = 0; i < usable.length; i++) {
    if (usable[i] === 0) continue
    const bin = Math.floor((from + i) / binSize)
    const value = numbers[i]!
    if (values[bin]!++ === 0) min[bin] = max[bin] = pivot[bin] = value
    if (value < min[bin]!) min[bin] = value
    if (value > max[bin]!) max[bin] = value
    above[bin]! += value - pivot[bin]!
  }
}

function addIntegers(
  into: LineAccumulator,
  numbers: BigInt64Array | BigUint64Array,
  usable: Uint8Array,
): void {
  const { from, binSize, values, above } = into
  const [min, max, pivot] = [into.min, into.max, into.pivot] as BigInt64Array[] as [
    BigInt64Array,
    BigInt64Array,
    BigInt64Array,
  ]
  for (let i = 0; i < usable.length; i++) {
    if (usable[i] === 0) continue
    const bin = Math.floor((from + i) / binSize)
    const value = numbers[i]!
    if (values[bin]!++ === 0) min[bin] = max[bin] = pivot[bin] = value
    if (value < min[bin]!) min[bin] = value
    if (value > max[bin]!) max[bin] = value
    above[bin]! += Number(value - pivot[bin]!)
  }
}
