import { setImmediate as turn } from 'node:timers/promises'
import { LoopTurn } from '../pool/loop-turn'

/** Time that reads take from the calling thread before others have their turn. */
const SLICE_MS = 4

const thisTurn = new LoopTurn()

/**
 * What reads that nothing makes wait (kept chunks, small reads on the calling thread) are to wait for once they have had
 * their time. A program that awaits one after the other would else never let the event loop turn: no timer, no socket and
 * no thread would be heard.
 */
export const othersTurn = (): Promise<void> | undefined => (thisTurn.age() < SLICE_MS ? undefined : turn())
