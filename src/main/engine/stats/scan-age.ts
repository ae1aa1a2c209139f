import type { FolderStamp } from '../files/scan-directory'
import type { NodeContext } from '../nodes/node-context'
import { isBelow } from '../stores/key'
import type { ListableStore } from '../stores/store'
import { folderOf } from './list-folder'

/** Something that was found by looking at the names and sizes below a node. */
export interface Look {
  startedAt: number
  /** Milliseconds that it took. */
  took: number
  /** The folders as they were before they were read, relative to the node's; undefined where that is not known. */
  folders: FolderStamp[] | undefined
}

/** When what lies at and below a path was last said to have changed. */
const changes = new WeakMap<ListableStore, Map<string, number>>()

/** What was counted at these paths, below them and in the groups above counts no more; all of the store by default. */
export function expireCounts(store: ListableStore, paths: readonly string[] = ['']): void {
  const known = changes.get(store) ?? new Map<string, number>()
  changes.set(store, known)
  for (const path of paths) known.set(path, Date.now())
}

/** Whether the node was said to have changed since. */
export function isExpired({ store, path }: { store: ListableStore; path: string }, since: number): boolean {
  for (const [changed, at] of changes.get(store) ?? [])
    if (since <= at && (changed === path || isBelow(changed, path) || isBelow(path, changed))) return true
  return false
}

/**
 * Whether a look may still be told: nobody said otherwise, no name came or went in its folders, and it is not old. What
 * was written in place, without a new name, is noticed by age alone: after some twenty times what the look took.
 */
export async function stillHolds(
  node: { store: ListableStore; path: string; context: NodeContext },
  look: Look,
): Promise<boolean> {
  if (isExpired(node, look.startedAt)) return false
  const age = Date.now() - look.startedAt
  if (age > Math.min(LONGEST_MS, Math.max(SHORTEST_MS, look.took * WORTH))) return false
  return folderOf(node.store) === undefined || unchanged(node, look)
}

const SHORTEST_MS = 500
const LONGEST_MS = 60_000
/** A look is told for so many times what it took. */
const WORTH = 20
/** Times of folders are as coarse as this: a name that came right after the look may not show. */
const COARSE_MS = 50

async function unchanged(
  { store, path, context }: { store: ListableStore; path: string; context: NodeContext },
  { folders, startedAt }: Look,
): Promise<boolean> {
  const place = folderOf(store)?.place(path)
  if (!place || !folders) return false
  if (folders.some(({ modified }) => modified > startedAt - COARSE_MS)) return false
  const names = folders.map(({ name }) => (name === '' ? '.' : name))
  const { modified } = await context.executor.stat({
    root: place.folder,
    confinement: place.confinement,
    names,
    kind: 'folder',
  })
  return folders.every((folder, i) => folder.modified === modified[i])
}
