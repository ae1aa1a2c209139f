import { readNumbers, type ComplexPart, type Numbers } from '@shared/dtype/numbers'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { NAT } from '@shared/dtype/time'
import { ITEM_STATES, type Exact, type Tally } from '@shared/model/plots'

/** Canonical items that are taken for numbers, best on shared memory. */
export interface NumberItems {
  dtype: DataTypeSpec
  data: Uint8Array
  part?: ComplexPart | undefined
  /** Index into ITEM_STATES per item; all are stored when absent. */
  states?: Uint8Array | undefined
  countMissing: boolean
  /** Numbers that stand for "no value". */
  masked: Exact[]
}

export interface UsableNumbers {
  numbers: Numbers
  /** 1 for every number that counts: finite, not masked, not left out for its state. */
  usable: Uint8Array
  tally: Tally
}

const MISSING = ITEM_STATES.indexOf('missing')
const ERROR = ITEM_STATES.indexOf('error')

export const emptyTally = (): Tally => ({
  items: 0,
  values: 0,
  nans: 0,
  infinite: 0,
  masked: 0,
  missing: 0,
  unreadable: 0,
})

/** Adds to `sum`. */
export function addTally(sum: Tally, more: Tally): void {
  for (const name of Object.keys(sum) as (keyof Tally)[]) sum[name] += more[name]
}

/** Tells numbers that count from those that do not, and why. */
export function usableNumbers({
  dtype,
  data,
  part,
  states,
  countMissing,
  masked,
}: NumberItems): UsableNumbers {
  const numbers = readNumbers(dtype, data, part)
  const usable = new Uint8Array(numbers.length)
  const tally = emptyTally()
  const isTime = dtype.kind === 'datetime' || dtype.kind === 'timedelta'
  tally.items = numbers.length
  for (let i = 0; i < usable.length; i++) {
    const state = states ? states[i]! : 0
    if (state === MISSING) tally.missing++
    if (state === ERROR) tally.unreadable++
    if (state === ERROR || (state === MISSING && !countMissing)) continue
    const value = numbers[i]!
    // Masks come first: a fill value may well be NaN.
    if (masked.length > 0 && isMasked(masked, value)) tally.masked++
    else if (value !== value || (isTime && value === NAT)) tally.nans++
    else if (value === Infinity || value === -Infinity) tally.infinite++
    else {
      tally.values++
      usable[i] = 1
    }
  }
  return { numbers, usable, tally }
}

const isMasked = (masked: readonly Exact[], value: Exact): boolean =>
  masked.some((one) => one === value || (one !== one && value !== value))
