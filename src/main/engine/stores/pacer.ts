import { setImmediate as turn } from 'node:timers/promises'

/** Time that long work takes from the calling thread before others have their turn. */
const SLICE_MS = 4

/** A function to await inside long loops: it gives others their turn when this work has had its time. */
export function pacer(): () => Promise<void> {
  let began = performance.now()
  return async () => {
    if (performance.now() - began < SLICE_MS) return
    await turn()
    began = performance.now()
  }
}
