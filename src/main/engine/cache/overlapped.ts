/**
 * Does `work` on each item in turn, `depth` at a time. When one fails no more are begun, and the failure is passed on
 * once all that were begun are over.
 */
export async function overlapped<T>(
  items: Iterable<T>,
  depth: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>()
  const failures: unknown[] = []
  for (const item of items) {
    const one = work(item)
      .catch((thrown: unknown) => void failures.push(thrown))
      .finally(() => running.delete(one))
    running.add(one)
    if (running.size >= depth) await Promise.race(running)
    if (failures.length > 0) break
  }
  await Promise.all(running)
  if (failures.length > 0) throw failures[0]
}
