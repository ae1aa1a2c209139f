/** A visible row of the tree, with what WAI-ARIA wants to know of it. */
export interface FlatRow {
  id: string
  /** 1 for roots. */
  level: number
  setSize: number
  posInSet: number
  /** Index of the row of its group; -1 for roots. */
  parent: number
}

/** The rows of a tree whose opened groups are `expanded`, from top to bottom. Fit for 100,000 rows. */
export function flattenTree(
  roots: readonly string[],
  childrenOf: (id: string) => readonly string[],
  expanded: ReadonlySet<string>,
): FlatRow[] {
  const rows: FlatRow[] = []
  const add = (ids: readonly string[], level: number, parent: number): void => {
    const setSize = ids.length
    for (let i = 0; i < setSize; i++) {
      const id = ids[i]!
      const index = rows.push({ id, level, setSize, posInSet: i + 1, parent }) - 1
      if (expanded.has(id)) add(childrenOf(id), level + 1, index)
    }
  }
  add(roots, 1, -1)
  return rows
}

/** What a key does in a tree. */
export type TreeAction =
  { kind: 'focus'; index: number } | { kind: 'expand' | 'collapse' | 'preview' | 'open'; index: number }

/** The keys of the WAI-ARIA tree pattern; null for keys that mean nothing here. */
export function treeAction(
  key: string,
  rows: readonly FlatRow[],
  index: number,
  state: { isGroup: (id: string) => boolean; isExpanded: (id: string) => boolean; page: number },
): TreeAction | null {
  const row = rows[index]
  const last = rows.length - 1
  if (!row) return null
  const opened = state.isExpanded(row.id)
  switch (key) {
    case 'ArrowDown':
      return { kind: 'focus', index: Math.min(last, index + 1) }
    case 'ArrowUp':
      return { kind: 'focus', index: Math.max(0, index - 1) }
    case 'PageDown':
      return { kind: 'focus', index: Math.min(last, index + state.page) }
    case 'PageUp':
      return { kind: 'focus', index: Math.max(0, index - state.page) }
    case 'Home':
      return { kind: 'focus', index: 0 }
    case 'End':
      return { kind: 'focus', index: last }
    case 'ArrowRight':
      if (!state.isGroup(row.id)) return null
      return opened ? { kind: 'focus', index: Math.min(last, index + 1) } : { kind: 'expand', index }
    case 'ArrowLeft':
      if (opened) return { kind: 'collapse', index }
      return row.parent >= 0 ? { kind: 'focus', index: row.parent } : null
    case ' ':
      return { kind: 'preview', index }
    case 'Enter':
      return { kind: 'open', index }
    default:
      return null
  }
}
