import { parseJsonTree, type JsonNode } from '@shared/json/tree'

/**
 * A JSON text as it was typed, in which every value that the old text has at the same place keeps the old text's bytes.
 * Throws as `parseJsonTree` does.
 */
export function mergeJson(old: string, typed: string, options: { key?: string } = {}): string {
  const pieces: string[] = []
  let at = 0
  const keep = (node: JsonNode, before: JsonNode): void => {
    pieces.push(typed.slice(at, node.start), old.slice(before.start, before.end))
    at = node.end
  }
  const visit = (node: JsonNode, before: JsonNode): void => {
    if (isSame(node, before, typed, old)) return keep(node, before)
    if (node.kind === 'object' && before.kind === 'object') {
      const known = new Map(before.members.map(({ name, value }) => [name, value]))
      for (const { name, value } of node.members) {
        const match = known.get(name)
        if (match) visit(value, match)
      }
    }
    if (node.kind === 'array' && before.kind === 'array')
      node.items.forEach((item, i) => before.items[i] && visit(item, before.items[i]))
  }
  visit(parseJsonTree(typed, options), parseJsonTree(old, options))
  pieces.push(typed.slice(at))
  return pieces.join('')
}

/** Equal to the token: 1 and 1.0 differ, "a" and "\u0061" do not; names count in their order. */
function isSame(one: JsonNode, other: JsonNode, text: string, otherText: string): boolean {
  if (one.kind === 'scalar' && other.kind === 'scalar') {
    if (typeof one.value === 'string') return one.value === other.value
    return text.slice(one.start, one.end) === otherText.slice(other.start, other.end)
  }
  if (one.kind === 'array' && other.kind === 'array')
    return (
      one.items.length === other.items.length &&
      one.items.every((item, i) => isSame(item, other.items[i]!, text, otherText))
    )
  if (one.kind === 'object' && other.kind === 'object')
    return (
      one.members.length === other.members.length &&
      one.members.every(({ name, value }, i) => {
        const match = other.members[i]!
        return name === match.name && isSame(value, match.value, text, otherText)
      })
    )
  return false
}
