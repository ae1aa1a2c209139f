import type { FloatFormat } from '@shared/dtype/spec'

/** Bits of the mantissa. */
const MANTISSA: Partial<Record<FloatFormat, number>> = { float16: 10, float32: 23, float64: 52 }

/** Shares of ones this near to a half, and of changes between neighbours, look like noise. */
const BAND = 0.02
/** Items below which a share says little. */
const LEAST_ITEMS = 4096

/**
 * How many of the lowest mantissa bits of floats hold nothing but noise: each is set in half of the items, and says
 * nothing about the same bit of the next one. 0 where there are none, or too few items to tell.
 *
 * @param chunks canonical items
 */
export function noisyBits(
  format: FloatFormat,
  chunks: readonly { data: Uint8Array }[],
): { noisy: number; mantissa: number } {
  const mantissa = MANTISSA[format]
  if (mantissa === undefined) return { noisy: 0, mantissa: 0 }
  const counts = new BitCounts(format === 'float64' ? 8 : format === 'float32' ? 4 : 2, mantissa)
  for (const { data } of chunks) counts.add(data)
  let noisy = 0
  while (noisy < mantissa && counts.isNoise(noisy)) noisy++
  return { noisy, mantissa }
}

class BitCounts {
  readonly #size: number
  readonly #ones: Float64Array
  readonly #changes: Float64Array
  #items = 0

  constructor(size: number, mantissa: number) {
    this.#size = size
    this.#ones = new Float64Array(mantissa)
    this.#changes = new Float64Array(mantissa)
  }

  add(data: Uint8Array): void {
    const size = this.#size
    const ones = this.#ones
    for (let at = size; at + size <= data.length; at += size) {
      this.#items++
      for (let bit = 0; bit < ones.length; bit++) {
        const [byte, shift] = [bit >> 3, bit & 7]
        const now = (data[at + byte]! >> shift) & 1
        ones[bit]! += now
        this.#changes[bit]! += now ^ ((data[at - size + byte]! >> shift) & 1)
      }
    }
  }

  isNoise(bit: number): boolean {
    const isHalf = (count: number): boolean => Math.abs(count / this.#items - 0.5) < BAND
    return this.#items >= LEAST_ITEMS && isHalf(this.#ones[bit]!) && isHalf(this.#changes[bit]!)
  }
}
