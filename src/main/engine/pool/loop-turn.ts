/** Tells how long the event loop has not turned. */
export class LoopTurn {
  private readonly now: () => number
  private began: number | undefined

  /** @param now milliseconds of a clock that only goes forward */
  constructor(now = () => performance.now()) {
    this.now = now
  }

  /** Milliseconds since this was first called in this turn of the event loop; 0 then. */
  age(): number {
    const now = this.now()
    if (this.began !== undefined) return now - this.began
    this.began = now
    setImmediate(() => {
      this.began = undefined
    })
    return 0
  }
}
