import type { NodeSummary } from '@shared/model/node'
import type { Handlers } from '@shared/rpc/handlers'
import type { ZarrGroup } from '@engine/nodes/group'
import { childCount } from '@engine/nodes/child-count'
import { nodeDetail } from '@engine/nodes/node-detail'
import type { ZarrNode } from '@engine/nodes/open'
import { blockOf } from '@engine/stats/info-block'
import { followNode } from '@engine/stats/follow-node'
import { nodeStorage } from '@engine/stats/node-storage'
import type { Sessions } from './sessions'
import { storedDocuments } from './stored-documents'

type Method = Exclude<Extract<keyof Handlers, `node.${string}`>, 'node.previewArray'>

/** Nodes: their metadata, what lies below them, what they take on disk. */
export function nodeHandlers(sessions: Sessions): Pick<Handlers, Method> {
  return {
    'node.get': async ({ store, path }, { signal }) =>
      nodeDetail(await sessions.get(store).node(path, { signal, fresh: true })),
    'node.documents': async ({ store, path }, { signal }) =>
      storedDocuments(sessions.get(store).store, path, signal),
    'node.children': async ({ store, path }, { signal }) => {
      const session = sessions.get(store)
      const node = await session.node(path, { signal })
      if (node.kind === 'array') return []
      await session.noteListing(path)
      return childrenOf(node, signal)
    },
    'node.walk': async ({ store, path }, { signal, progress }) => {
      const node = await sessions.get(store).node(path, { signal })
      let nodes = 0
      if (node.kind === 'array') return { nodes }
      for await (const batch of node.walk({ signal })) {
        nodes += batch.length
        progress({ batch })
      }
      return { nodes }
    },
    'node.storage': async ({ store, path }, { signal, progress }) =>
      nodeStorage(await sessions.get(store).node(path, { signal }), { signal, onProgress: progress }),
    'node.follow': async ({ store, path }, { signal, progress }) => {
      const open = (): Promise<ZarrNode> => sessions.get(store).node(path, { signal })
      await followNode(open, (state) => progress({ state }), { signal })
      return null
    },
    'node.summary': async ({ store, path }, { signal }) => {
      const node = await sessions.get(store).node(path, { signal })
      return { text: await blockOf(node, await nodeStorage(node, { signal }), { signal }) }
    },
  }
}

/** Groups of one level whose members are counted for their rows. */
const MOST_COUNTED = 64

async function childrenOf(group: ZarrGroup, signal: AbortSignal): Promise<NodeSummary[]> {
  const found: NodeSummary[] = []
  for await (const child of group.children({ signal })) found.push(child)
  const groups = found.filter(({ kind, problem }) => kind === 'group' && problem === undefined)
  if (groups.length > MOST_COUNTED) return found
  const counts = new Map<NodeSummary, number>()
  for (const child of groups) {
    const count = await childCount(group.store, child.path, signal)
    if (count !== undefined) counts.set(child, count)
  }
  return found.map((child) => (counts.has(child) ? { ...child, childCount: counts.get(child)! } : child))
}
