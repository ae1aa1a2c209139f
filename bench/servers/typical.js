import { median } from '../lib/statistics.js'

const BUDGET_MS = 60

/** Median milliseconds of some repetitions. @param {() => unknown} work */
export async function typical(work) {
  await work()
  const times = []
  const end = performance.now() + BUDGET_MS
  while (times.length < 3 || (performance.now() < end && times.length < 15)) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return { ms: median(times) }
}
