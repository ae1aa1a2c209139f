import { AbortedError } from '@shared/errors'

/** Lets a few at a time through, in the order of asking. */
export class Turns {
  private free: number
  private readonly waiting: (() => void)[] = []

  constructor(atOnce: number) {
    this.free = atOnce
  }

  /** Fulfils with what gives the turn back. Rejects with AbortedError where it is not wanted any more. */
  async take(signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) throw new AbortedError()
    if (this.free > 0) this.free--
    else await this.wait(signal)
    let given = false
    return () => {
      if (given) return
      given = true
      const next = this.waiting.shift()
      if (next) next()
      else this.free++
    }
  }

  private wait(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(enter), 1)
        reject(new AbortedError())
      }
      const enter = (): void => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      this.waiting.push(enter)
      signal.addEventListener('abort', leave, { once: true })
    })
  }
}
