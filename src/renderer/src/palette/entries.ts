import { commandEntries, type CommandId } from '@shared/rpc/commands'
import { isEnabled } from '../app/commands'
import type { IndexedNode } from '../state/node-index'

/** Commands that can run now and whose title or menu has every word of the query, best first. */
export function paletteCommands(query: string): CommandId[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return commandEntries()
    .filter(([id]) => isEnabled(id) && id !== 'tools.palette')
    .flatMap(([id, { title, menu }]) => {
      const rank = rankText(`${title} ${menu}`.toLowerCase(), words)
      return rank === null ? [] : [{ id, rank }]
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ id }) => id)
}

/** At most `limit` nodes that match every word, those whose name begins with a word first. */
export function paletteNodes(
  lists: readonly (readonly IndexedNode[])[],
  query: string,
  limit: number,
): IndexedNode[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const found: IndexedNode[][] = [[], [], []]
  for (const list of lists) {
    for (const node of list) {
      if (!words.every((w) => node.text.includes(w))) continue
      const bucket = found[rankNode(node, words)]
      if (bucket && bucket.length < limit) bucket.push(node)
    }
  }
  return found.flat().slice(0, limit)
}

/** 0: the name begins with the first word; 1: the path contains it; 2: only dtype or attributes do. */
function rankNode(node: IndexedNode, words: readonly string[]): 0 | 1 | 2 {
  const word = words[0] ?? ''
  if (node.summary.name.toLowerCase().startsWith(word)) return 0
  return node.summary.path.toLowerCase().includes(word) ? 1 : 2
}

/** Where the first word begins, words' starts before the middle of words; null without a match. */
function rankText(text: string, words: readonly string[]): number | null {
  if (!words.every((w) => text.includes(w))) return null
  const first = words[0]
  if (first === undefined) return 0
  const start = ` ${text}`.indexOf(` ${first}`)
  return start >= 0 ? start : 1000 + text.indexOf(first)
}
