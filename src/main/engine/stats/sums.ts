/** Neumaier's compensated sum: the error of each addition is carried along, so that order hardly matters. */
export class CompensatedSum {
  #sum = 0
  #lost = 0

  add(value: number): void {
    const next = this.#sum + value
    // An infinite sum has no error to carry; inf - inf would turn it into NaN.
    if (Number.isFinite(next)) {
      this.#lost +=
        Math.abs(this.#sum) >= Math.abs(value) ? this.#sum - next + value : value - next + this.#sum
    }
    this.#sum = next
  }

  total(): number {
    return Number.isFinite(this.#sum) ? this.#sum + this.#lost : this.#sum
  }
}

/** total / count as the nearest double, also where the total is beyond 2^53. */
export function exactMean(total: bigint, count: number): number {
  const divisor = BigInt(count)
  const whole = total / divisor
  const rest = Number(total - whole * divisor) / count
  if (whole > -(2n ** 53n) && whole < 2n ** 53n) return Number(whole) + rest
  return Number((total * 2n + (total < 0n ? -divisor : divisor)) / (divisor * 2n))
}
