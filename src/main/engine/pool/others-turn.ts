import { setImmediate as turn } from 'node:timers/promises'

/** Time that reads take from the calling thread before others have their turn. */
const SLICE_MS = 4

/** When the first read since the event loop last turned was over; undefined before it. */
let began: number | undefined

/**
 * What reads that nothing makes wait (kept chunks, small reads on the calling thread) are to wait for once they have had
 * their time. A program that awaits one after the other would else never let the event loop turn: no timer, no socket and
 * no thread would be heard.
 */
export function othersTurn(): Promise<void> | undefined {
  const now = performance.now()
  if (began !== undefined) return now - began < SLICE_MS ? undefined : turn()
  began = now
  setImmediate(() => {
    began = undefined
  })
  return undefined
}
