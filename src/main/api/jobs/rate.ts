/** Seconds over which a rate is taken. */
const WINDOW_MS = 5000

/** How fast something grows, over the last seconds in which it was at work. */
export class Rate {
  private samples: { at: number; done: number }[] = []

  /** `at` in milliseconds of any clock that does not go back. */
  add(done: number, at: number): void {
    this.samples.push({ at, done })
    while (this.samples.length > 2 && at - this.samples[1]!.at >= WINDOW_MS) this.samples.shift()
  }

  /** What came before a pause says nothing about what comes after it. */
  clear(): void {
    this.samples = []
  }

  /** Units a second; null before there is a figure. */
  get perSecond(): number | null {
    const [first] = this.samples
    const last = this.samples.at(-1)
    if (!first || !last || last.at - first.at < 100) return null
    return ((last.done - first.done) * 1000) / (last.at - first.at)
  }
}
