import type { Numbers } from '@shared/dtype/numbers'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { Exact } from '@shared/model/plots'
import type { UsableNumbers } from './usable'

/** Values of one digit: keys of 64 bits are looked at 16 bits at a time. */
export const DIGITS = 2 ** 16
const LEVELS = 4

/**
 * Counts of one digit of the numbers' keys, over those whose higher digits are one of `prefixes`. Keys are in the
 * order of the numbers, so that counting digit by digit finds any order statistic exactly in as many passes.
 */
export interface DigitCounts {
  kind: 'digits'
  /** Which digit, 0 for the highest. */
  level: number
  /** Higher digits as one number each, ascending; [0] for the highest digit. */
  prefixes: number[]
  /** On shared memory: DIGITS counts per prefix. */
  counts: Uint32Array
}

/** Digits of which a data type's keys can differ; the ones below follow from the sign. */
export function digitLevels(spec: DataTypeSpec): number {
  switch (spec.kind) {
    case 'bool':
      return 2
    case 'int':
    case 'uint':
      return spec.bits === 64 ? LEVELS : spec.bits === 32 ? 3 : 2
    case 'float':
      return spec.format === 'float64' ? LEVELS : spec.format === 'float32' ? 3 : 2
    default:
      return LEVELS
  }
}

export function countDigits(into: DigitCounts, { numbers, usable }: UsableNumbers): void {
  const { level, prefixes, counts } = into
  const keys = keyWords(numbers)
  for (let i = 0; i < usable.length; i++) {
    if (usable[i] === 0) continue
    let [low, high] = [keys.words[2 * i]!, keys.words[2 * i + 1]!]
    if (!keys.isDouble) high = (high ^ keys.flip) >>> 0
    else if (high >>> 31 === 0) high = (high ^ SIGN) >>> 0
    else if (high === SIGN && low === 0)
      // -0 is 0.
      high = SIGN
    else [low, high] = [~low >>> 0, ~high >>> 0]
    const digit =
      level < 2 ? (level === 0 ? high >>> 16 : high & 0xffff) : level === 2 ? low >>> 16 : low & 0xffff
    const prefix =
      level === 0 ? 0 : level === 1 ? high >>> 16 : level === 2 ? high : high * DIGITS + (low >>> 16)
    const at = level === 0 ? 0 : prefixes.indexOf(prefix)
    if (at >= 0) counts[at * DIGITS + digit]!++
  }
}

const SIGN = 0x80000000

function keyWords(numbers: Numbers): { words: Uint32Array; isDouble: boolean; flip: number } {
  const words = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length * 2)
  return {
    words,
    isDouble: numbers instanceof Float64Array,
    flip: numbers instanceof BigUint64Array ? 0 : SIGN,
  }
}

/** The number whose key begins with `prefix`, the digits up to and including `level`. */
export function numberOfKey(prefix: bigint, level: number, like: 'float64' | 'int64' | 'uint64'): Exact {
  let key = prefix << BigInt(16 * (LEVELS - 1 - level))
  const view = new DataView(new ArrayBuffer(8))
  if (like === 'uint64') return key
  if (like === 'int64') return BigInt.asIntN(64, key ^ (1n << 63n))
  const isPositive = key >> 63n === 1n
  // What was left out of a negative number's key is ones, as all of its bits are inverted.
  const rest = (1n << BigInt(16 * (LEVELS - 1 - level))) - 1n
  key = isPositive ? key ^ (1n << 63n) : ~(key | rest)
  view.setBigUint64(0, BigInt.asUintN(64, key))
  return view.getFloat64(0)
}
