import type { IndexedNode } from '../state/node-index'
import { nodeId } from '../state/tree'

/** The part of a tree that a filter leaves: matching nodes and the groups above them, opened. */
export interface FilteredTree {
  /** Ids of the children to show, by id of the group. */
  children: Map<string, string[]>
  /** Groups that have something to show. */
  expanded: string[]
  /** Nodes that match themselves. */
  matches: number
}

/** Words of a filter, in lower case; a node matches when its path, dtype or attribute keys contain all of them. */
export const filterWords = (query: string): string[] => query.toLowerCase().split(/\s+/).filter(Boolean)

const matchesWords = (node: IndexedNode, words: readonly string[]): boolean =>
  words.every((word) => node.text.includes(word))

/** Filters lists of nodes, each in tree order (ancestors before descendants); order is kept. */
export function filterTree(
  lists: readonly (readonly IndexedNode[])[],
  words: readonly string[],
): FilteredTree {
  const children = new Map<string, string[]>()
  const shown = new Set<string>()
  let matches = 0
  for (const nodes of lists) {
    for (const node of nodes) {
      if (!matchesWords(node, words)) continue
      matches++
      show(node.store, node.summary.path)
    }
  }
  return { children, expanded: [...children.keys()], matches }

  function show(store: string, path: string): void {
    const id = nodeId(store, path)
    if (path === '' || shown.has(id)) return
    shown.add(id)
    const parent = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : ''
    show(store, parent)
    const parentId = nodeId(store, parent)
    const siblings = children.get(parentId)
    if (siblings) siblings.push(id)
    else children.set(parentId, [id])
  }
}
