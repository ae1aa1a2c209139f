import type { FileFacts } from '../files/stat-names'
import type { StatJob } from './operations'

/** Names looked up at a time by one thread. */
const SLICE = 8192

/** Looks names up slice by slice, so that all threads share the work and none holds more names than its own. */
export async function statInSlices(
  { names, ...job }: StatJob,
  stat: (slice: StatJob) => Promise<FileFacts>,
): Promise<FileFacts> {
  const count = Array.isArray(names) ? names.length : names.to - names.from
  const facts = { sizes: new Float64Array(count), modified: new Float64Array(count) }
  const slices: Promise<void>[] = []
  for (let at = 0; at < count; at += SLICE) {
    const end = Math.min(count, at + SLICE)
    const part = Array.isArray(names)
      ? names.slice(at, end)
      : { ...names, from: names.from + at, to: names.from + end }
    const look = async (): Promise<void> => {
      const { sizes, modified } = await stat({ ...job, names: part })
      facts.sizes.set(sizes, at)
      facts.modified.set(modified, at)
    }
    slices.push(look())
  }
  await Promise.all(slices)
  return facts
}
