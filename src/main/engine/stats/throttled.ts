/** Calls `report` at most once in `interval` milliseconds, however often it is called itself. */
export function throttled(report: () => void, interval = 100): () => void {
  let last = performance.now()
  return () => {
    if (performance.now() - last < interval) return
    report()
    last = performance.now()
  }
}
