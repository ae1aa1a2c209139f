/** Parts of a text between separators; those inside the JSON of a codec do not count. Parts are not trimmed. */
export function splitOutsideJson(text: string, separator: string): string[] {
  const parts: string[] = []
  let [depth, quoted, start] = [0, false, 0]
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!
    if (quoted && char === '\\') i++
    else if (char === '"' && depth > 0) quoted = !quoted
    else if (quoted) continue
    else if (char === '{') depth++
    else if (char === '}') depth--
    else if (char === separator && depth === 0) {
      parts.push(text.slice(start, i))
      start = i + 1
    }
  }
  return [...parts, text.slice(start)]
}

/** A list of codec candidates joined by commas; commas inside JSON do not count. */
export const splitCandidates = (text: string): string[] =>
  splitOutsideJson(text, ',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
