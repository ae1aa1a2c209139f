import type { HostEvent } from '@shared/model/host'

type Emit = (event: HostEvent) => void

/** Events for one window, kept until its page listens. */
export class WindowEvents {
  readonly #early: HostEvent[] = []
  #emit: Emit | undefined

  send(event: HostEvent): void {
    if (this.#emit) this.#emit(event)
    else this.#early.push(event)
  }

  /** The page has learnt by other means which stores it should open. */
  dropOpens(): void {
    const others = this.#early.filter(({ kind }) => kind !== 'open')
    this.#early.splice(0, this.#early.length, ...others)
  }

  /** Fulfils when the signal aborts. A page that was loaded anew takes over from the one before. */
  listen(emit: Emit, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve()
      this.#emit = emit
      signal.addEventListener(
        'abort',
        () => {
          if (this.#emit === emit) this.#emit = undefined
          resolve()
        },
        { once: true },
      )
      for (const event of this.#early.splice(0)) emit(event)
    })
  }
}
