import type { NodeSummary } from '@shared/model/node'
import { useTabs } from './tabs'
import { nodeId, treeNode } from './tree'

/** What is known about the node of the active tab. */
export function openedNode(): NodeSummary | null {
  const { tabs, active } = useTabs.getState()
  const tab = tabs.find((t) => t.id === active)
  return tab ? (treeNode(nodeId(tab.store, tab.path))?.summary ?? null) : null
}
