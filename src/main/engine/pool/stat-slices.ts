import type { StatJob } from './operations'

/** Names looked up at a time by one thread. */
const SLICE = 8192

/** Looks names up slice by slice, so that all threads share the work and none holds more names than its own. */
export async function statInSlices(
  { root, names }: StatJob,
  stat: (slice: StatJob) => Promise<Float64Array>,
): Promise<Float64Array> {
  const count = Array.isArray(names) ? names.length : names.to - names.from
  const sizes = new Float64Array(count)
  const slices: Promise<void>[] = []
  for (let at = 0; at < count; at += SLICE) {
    const end = Math.min(count, at + SLICE)
    const part = Array.isArray(names)
      ? names.slice(at, end)
      : { ...names, from: names.from + at, to: names.from + end }
    slices.push(stat({ root, names: part }).then((found) => sizes.set(found, at)))
  }
  await Promise.all(slices)
  return sizes
}
