import type { EditConflict } from '@shared/model/edits'
import { openNode } from '../nodes/open'
import type { NodeContext } from '../nodes/node-context'
import { parseChunkKey } from '../chunks/keys'
import type { OverlayStore } from '../stores/overlay'
import type { Store } from '../stores/store'
import { isDocumentKey } from './document-key'
import { KeyOwners } from './owner'
import type { StagedKeys } from './staged-keys'
import { counted, shortened } from './words'

/** Staged keys that another program has changed, as far as is known. */
export class Conflicts {
  list: readonly EditConflict[] = []
  private readonly keys: StagedKeys
  private readonly nodes: NodeContext

  constructor(keys: StagedKeys, nodes: NodeContext) {
    this.keys = keys
    this.nodes = nodes
  }

  /** Looks now; gives the keys, and whether the list is another one than before. */
  async find(): Promise<{ changed: string[]; isNew: boolean }> {
    const changed = await this.keys.changedOutside()
    const isNew = changed.join('\n') !== this.list.map(({ key }) => key).join('\n')
    if (isNew) this.list = await describeConflicts(changed, this.keys.overlay, this.nodes)
    return { changed, isNew }
  }

  /** Takes those of some keys off the list. */
  settle(keys: readonly string[]): EditConflict[] {
    const named = new Set(keys)
    const settled = this.list.filter(({ key }) => named.has(key))
    this.list = this.list.filter(({ key }) => !named.has(key))
    return settled
  }
}

/** Both sides of keys that were staged here and changed by another program. */
async function describeConflicts(
  keys: readonly string[],
  overlay: OverlayStore,
  nodes: NodeContext,
): Promise<EditConflict[]> {
  const owners = new KeyOwners([overlay, overlay.base])
  return Promise.all(
    keys.map(async (key): Promise<EditConflict> => {
      const path = await owners.of(key)
      const coords = isDocumentKey(key) ? undefined : await coordsOf(key, path, overlay, nodes)
      const [mine, theirs] = [await sideOf(overlay, key), await sideOf(overlay.base, key)]
      return { key, path, ...(coords && { coords }), mine, theirs }
    }),
  )
}

async function coordsOf(
  key: string,
  path: string,
  store: OverlayStore,
  nodes: NodeContext,
): Promise<number[] | undefined> {
  const node = await openNode(store, path, nodes).catch(() => undefined)
  if (node?.kind !== 'array') return undefined
  const name = key.slice(path === '' ? 0 : path.length + 1)
  return parseChunkKey(node.metadata.keyEncoding, name, node.shape.length)
}

async function sideOf(store: Pick<Store, 'get' | 'size'>, key: string): Promise<string> {
  const size = await store.size(key)
  if (size === undefined) return 'deleted'
  if (!isDocumentKey(key)) return counted(size, 'byte')
  const bytes = await store.get(key, { range: { offset: 0, length: 65_536 } })
  return shortened(new TextDecoder().decode(bytes))
}
