import { joinKey } from '../stores/key'
import type { ListableStore } from '../stores/store'
import { hasNode } from './documents'

/** Folders looked into before a folder without documents is taken for something else. */
const MAX_PROBES = 64

/** Whether nodes lie below a folder that has no documents itself; looks breadth first and gives up after 64 folders. */
export async function isImplicitGroup(
  store: ListableStore,
  path: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const folders = [path]
  for (let probed = 0; probed < folders.length && probed < MAX_PROBES; probed++) {
    const folder = folders[probed]!
    const { prefixes } = await store.list(folder, signal ? { signal } : {})
    for (const name of prefixes.slice(0, MAX_PROBES - folders.length + 1)) {
      const child = joinKey(folder, name)
      if (await hasNode(store, child, { signal })) return true
      folders.push(child)
    }
  }
  return false
}
