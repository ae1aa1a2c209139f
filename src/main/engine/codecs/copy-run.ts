/** Up to this length a loop is faster than making the view that `set` needs. */
const SHORT = 48

/** Copies a few bytes, or many. */
export function copyRun(from: Uint8Array, at: number, to: Uint8Array, place: number, length: number): void {
  if (length > SHORT) to.set(from.subarray(at, at + length), place)
  else for (let i = 0; i < length; i++) to[place + i] = from[at + i]!
}
