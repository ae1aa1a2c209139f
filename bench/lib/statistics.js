/** @param {number[]} values */
export const sorted = (values) => [...values].sort((a, b) => a - b)

/** @param {number[]} values @param {number} share between 0 and 1 */
export function quantile(values, share) {
  const inOrder = sorted(values)
  return inOrder[Math.min(inOrder.length - 1, Math.floor(inOrder.length * share))]
}

export const median = (values) => quantile(values, 0.5)

/**
 * What is kept of a series of measurements.
 * @param {{ms: number, cpu?: number}[]} samples
 */
export function summary(samples) {
  const times = samples.map(({ ms }) => ms)
  const work = samples.flatMap(({ cpu }) => (cpu === undefined ? [] : [cpu]))
  return {
    median: median(times),
    best: Math.min(...times),
    p95: quantile(times, 0.95),
    ...(work.length > 0 && { cpu: median(work) }),
    n: times.length,
  }
}

/** A seeded source of whole numbers below a limit (mulberry32), so that every engine and run gets the same places. */
export function placesFrom(seed) {
  let state = seed >>> 0
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * limit)
  }
}
