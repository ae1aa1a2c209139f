/** Does one thing at a time, in the order of the calls; what fails does not hold up the next. */
export class Serial {
  private queue: Promise<unknown> = Promise.resolve()

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue.then(work)
    this.queue = result.catch(() => undefined)
    return result
  }
}
