import type { NodeSummary, ZarrFormat } from '@shared/model/node'
import type { ListableStore } from '../stores/store'
import { children, type ListOptions } from './children'

export interface WalkOptions extends ListOptions {
  /** Levels below the start; 1 lists its children only. */
  depth?: number
}

const BATCH_NODES = 256
/** A batch goes out after this time, however few nodes it has. */
const BATCH_MS = 50

/**
 * Every node below a group in tree order (a group before what it holds, names sorted), in batches as they are found.
 * Groups that cannot be listed carry their problem and the walk goes on.
 */
export async function* walk(
  store: ListableStore,
  group: { path: string; zarrFormat: ZarrFormat },
  options: WalkOptions = {},
): AsyncGenerator<NodeSummary[]> {
  let batch: NodeSummary[] = []
  let sent = Date.now()
  for await (const node of nodesBelow(store, group, options, options.depth ?? Infinity)) {
    batch.push(node)
    if (batch.length < BATCH_NODES && Date.now() - sent < BATCH_MS) continue
    yield batch
    batch = []
    sent = Date.now()
  }
  if (batch.length > 0) yield batch
}

async function* nodesBelow(
  store: ListableStore,
  group: { path: string; zarrFormat: ZarrFormat },
  options: ListOptions,
  depth: number,
): AsyncGenerator<NodeSummary> {
  if (depth < 1) return
  for await (const node of children(store, group, options)) {
    yield node
    if (node.kind === 'group' && node.problem === undefined)
      yield* nodesBelow(store, node, options, depth - 1)
  }
}
