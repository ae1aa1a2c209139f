import type { NodeSummary, StorageCount } from '@shared/model/node'
import type { ZarrNode } from '../nodes/open'
import { groupBlock, summaryBlock } from '../nodes/summary'
import { countStorage, type CountOptions } from './count-storage'

/** The summary block of a node; counts its storage first. */
export async function infoBlock(node: ZarrNode, options: CountOptions = {}): Promise<string> {
  return blockOf(node, await countStorage(node, options), options)
}

/** The summary block over a count that is there already. */
export async function blockOf(
  node: ZarrNode,
  count: StorageCount,
  { signal }: Pick<CountOptions, 'signal'> = {},
): Promise<string> {
  if (node.kind === 'array') return summaryBlock(node, count)
  const members: NodeSummary[] = []
  for await (const child of node.children(signal ? { signal } : {})) members.push(child)
  return groupBlock(node, members, count)
}
