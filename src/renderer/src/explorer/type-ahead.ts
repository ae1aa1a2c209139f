/** Typing letters in a list jumps to the next row that begins with them; a pause begins a new word. */
const PAUSE_MS = 700

export interface TypeAhead {
  text: string
  at: number
}

/** The text after one more key; the same letter again and again steps through the rows that begin with it. */
export function typed(before: TypeAhead, key: string, now: number): TypeAhead {
  const text = now - before.at > PAUSE_MS ? key : before.text + key
  const repeated = text.length > 1 && text === key.repeat(text.length)
  return { text: repeated ? key : text, at: now }
}

/** Index of the next row after `from` (around the end) whose name begins with the text; -1 where there is none. */
export function findByPrefix(
  count: number,
  from: number,
  text: string,
  nameAt: (index: number) => string,
): number {
  const wanted = text.toLowerCase()
  // A single letter moves on; a longer text may stay where it is.
  const first = text.length === 1 ? 1 : 0
  for (let step = first; step < count + first; step++) {
    const index = (Math.max(from, 0) + step) % count
    if (nameAt(index).toLowerCase().startsWith(wanted)) return index
  }
  return -1
}
