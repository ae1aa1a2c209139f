import { ZarrscopeError, isAborted } from '@shared/errors'
import { joinKey } from '../stores/key'
import type { ListableStore } from '../stores/store'
import { hasNode } from './documents'

/** Folders looked at before the count is left open: a row of the tree is not worth more. */
const MOST_CHILDREN = 32

/**
 * How many nodes lie directly below a group, where a glance can tell; undefined for groups of more than 32 folders and
 * where a folder without documents makes it uncertain.
 */
export async function childCount(
  store: ListableStore,
  path: string,
  signal?: AbortSignal,
): Promise<number | undefined> {
  try {
    const { prefixes } = await store.list(path, signal ? { signal } : {})
    if (prefixes.length > MOST_CHILDREN) return undefined
    const nodes = await Promise.all(prefixes.map((name) => hasNode(store, joinKey(path, name), { signal })))
    return nodes.every(Boolean) ? nodes.length : undefined
  } catch (error) {
    if (isAborted(error) || !(error instanceof ZarrscopeError)) throw error
    // Why it cannot be listed is told when it is opened.
    return undefined
  }
}
