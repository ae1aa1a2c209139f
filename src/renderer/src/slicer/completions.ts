/** Dimension names that complete the word before the caret, where a name may stand: at the start of a part. */
export interface Completions {
  names: string[]
  /** The word to replace. */
  from: number
  to: number
}

/** What could stand at the caret of a slice; null where nothing is to be offered. */
export function completions(
  text: string,
  caret: number,
  dimensionNames: readonly (string | null)[],
): Completions | null {
  const before = text.slice(0, caret)
  const from = Math.max(before.lastIndexOf(','), -1) + 1
  const part = before.slice(from)
  const word = part.trimStart()
  if (!/^[\p{L}_][\p{L}\p{N}_.\- ]*$/u.test(word)) return null
  const used = new Set(text.split(',').map((p) => p.split('=')[0]?.trim()))
  const names = dimensionNames.filter(
    (name): name is string =>
      name !== null && name.toLowerCase().startsWith(word.toLowerCase()) && !used.has(name),
  )
  return names.length ? { names, from: from + part.length - word.length, to: caret } : null
}
