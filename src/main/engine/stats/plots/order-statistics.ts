import { isWide } from '@shared/dtype/numbers'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { Quantile } from '@shared/model/plots'
import { digitLevels, DIGITS, numberOfKey, type DigitCounts } from '../../pool/reductions/digits'

interface Wanted {
  q: number
  /** How many smaller values of the same prefix come before it. */
  rank: number
  /** The digits of its key found so far. */
  prefix: bigint
}

/**
 * Finds quantiles as values that occur, digit by digit of their keys: a pass counts the next digit of all values that
 * share the digits found so far. Memory does not depend on the number of values.
 */
export class OrderStatistics {
  private readonly dtype: DataTypeSpec
  private readonly levels: number
  private wanted: Wanted[]
  private counts: DigitCounts | undefined

  constructor(dtype: DataTypeSpec, quantiles: readonly number[]) {
    this.dtype = dtype
    this.levels = digitLevels(dtype)
    this.wanted = quantiles.map((q) => ({ q, rank: NaN, prefix: 0n }))
  }

  /** What the pass of this level counts; nothing once all digits are known. */
  accumulators(level: number): DigitCounts[] {
    if (level >= this.levels || this.wanted.length === 0) return []
    if (this.counts?.level !== level) {
      // At most 48 bits each.
      const prefixes = [...new Set(this.wanted.map(({ prefix }) => Number(prefix)))].sort((a, b) => a - b)
      const counts = new Uint32Array(new SharedArrayBuffer(4 * DIGITS * prefixes.length))
      this.counts = { kind: 'digits', level, prefixes, counts }
    }
    return [this.counts]
  }

  /** After a pass: the next digit of each. `values` is their number, which the first pass tells. */
  finishLevel(values?: number): void {
    if (values !== undefined) {
      if (values === 0) this.wanted = []
      for (const one of this.wanted) one.rank = Math.max(0, Math.ceil(one.q * values) - 1)
    }
    const counted = this.counts
    this.counts = undefined
    if (!counted) return
    for (const one of this.wanted) {
      let at = counted.prefixes.indexOf(Number(one.prefix)) * DIGITS
      const first = at
      while (one.rank >= counted.counts[at]!) one.rank -= counted.counts[at++]!
      one.prefix = one.prefix * BigInt(DIGITS) + BigInt(at - first)
    }
  }

  results(): Quantile[] {
    const like = !isWide(this.dtype) ? 'float64' : this.dtype.kind === 'uint' ? 'uint64' : 'int64'
    return this.wanted.map(({ q, prefix }) => ({ q, value: numberOfKey(prefix, this.levels - 1, like) }))
  }
}
