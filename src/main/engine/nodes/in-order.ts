/** Maps with up to `limit` calls under way at a time and yields the results in order; at the first failure it stops. */
export async function* inOrder<T, R>(
  items: readonly T[],
  limit: number,
  map: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const running: Promise<R>[] = []
  let next = 0
  const start = (): void => {
    const promise = map(items[next++]!)
    // A failure is thrown where its turn comes; until then it is not unhandled.
    promise.catch(() => undefined)
    running.push(promise)
  }
  while (next < items.length && running.length < limit) start()
  while (running.length > 0) {
    const result = await running.shift()!
    if (next < items.length) start()
    yield result
  }
}
