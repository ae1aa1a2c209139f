import type { WritableStore } from '../../stores/store'
import { findConsolidated } from '../consolidated'
import type { NodeContext } from '../node-context'
import { openNode } from '../open'
import { consolidate } from './consolidate'

/** Consolidated metadata above a path, where there is any, is written anew: it learns of everything that came below it. */
export async function reconsolidateAbove(
  store: WritableStore,
  path: string,
  context: NodeContext,
): Promise<void> {
  if (path === '') return
  const consolidated = await findConsolidated(store, path)
  if (!consolidated || consolidated.root === path) return
  const root = await openNode(store, consolidated.root, context)
  if (root.kind === 'group') await consolidate(root)
}
