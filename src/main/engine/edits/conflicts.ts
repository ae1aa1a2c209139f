import type { EditConflict, ShownConflict } from '@shared/model/edits'
import { parseChunkKey } from '../chunks/keys'
import type { ZarrArray } from '../nodes/array'
import type { NodeContext } from '../nodes/node-context'
import { openNode } from '../nodes/open'
import type { OverlayStore } from '../stores/overlay'
import type { ListableStore, Store } from '../stores/store'
import { conflictCells, type Arrays } from './conflict-cells'
import { isDocumentKey } from './document-key'
import { KeyOwners } from './owner'
import type { StagedKeys } from './staged-keys'
import { counted, shortened } from './words'

/** Chunks of which cells are shown; of more, their sizes alone. */
const DECODED = 50

/** Staged keys that another program has changed, as far as is known. */
export class Conflicts {
  list: readonly EditConflict[] = []
  /** What either side held when the list was made. */
  private sides = new Map<string, Sides>()
  private readonly keys: StagedKeys
  private readonly nodes: NodeContext

  constructor(keys: StagedKeys, nodes: NodeContext) {
    this.keys = keys
    this.nodes = nodes
  }

  /** Looks now; gives the keys, and whether the list is another one than before. */
  async find(): Promise<{ changed: string[]; isNew: boolean }> {
    const changed = await this.keys.changedOutside()
    const { base, staged } = this.keys.overlay
    const sides = new Map<string, Sides>()
    for (const key of changed) sides.set(key, { mine: staged.get(key)?.stamp, theirs: await base.stamp(key) })
    const known = new Set(this.list.map(({ key }) => key))
    const isNew =
      known.size !== changed.length ||
      changed.some((key) => !known.has(key) || !isSame(this.sides.get(key), sides.get(key)))
    this.sides = sides
    if (isNew) this.list = await describeConflicts(sides, this.keys.overlay, this.nodes)
    return { changed, isNew }
  }

  /**
   * Takes those off the list that the store still holds as they were shown. Gives them with the identity of what was
   * shown, and the keys of the others.
   */
  async settle(shown: readonly ShownConflict[]): Promise<{ settled: Settled[]; stale: string[] }> {
    const settled: Settled[] = []
    const stale: string[] = []
    const listed = new Map(this.list.map((conflict) => [conflict.key, conflict]))
    for (const { key, version } of shown) {
      const conflict = listed.get(key)
      if (!conflict) continue
      const stamp = await this.keys.overlay.base.stamp(key)
      if (versionOf(stamp) === version) settled.push({ key, path: conflict.path, stamp })
      else stale.push(key)
    }
    const gone = new Set(settled.map(({ key }) => key))
    this.list = this.list.filter(({ key }) => !gone.has(key))
    return { settled, stale }
  }
}

interface Settled {
  key: string
  path: string
  stamp: string | undefined
}

/** Identities of both values; undefined where there is none. */
interface Sides {
  mine: string | undefined
  theirs: string | undefined
}

const isSame = (one: Sides | undefined, other: Sides | undefined): boolean =>
  one?.mine === other?.mine && one?.theirs === other?.theirs

const versionOf = (stamp: string | undefined): string => stamp ?? 'missing'

/** Both sides of keys that were staged here and changed by another program. */
async function describeConflicts(
  sides: ReadonlyMap<string, Sides>,
  overlay: OverlayStore,
  nodes: NodeContext,
): Promise<EditConflict[]> {
  const owners = new KeyOwners([overlay, overlay.base])
  const arrays = new Map<string, Promise<Arrays>>()
  const described: EditConflict[] = []
  for (const [key, { theirs: stamp }] of sides) {
    const version = versionOf(stamp)
    const path = await owners.of(key)
    const [mine, theirs] = [await sideOf(overlay, key), await sideOf(overlay.base, key)]
    described.push({ key, path, version, mine, theirs })
    if (isDocumentKey(key)) continue
    if (!arrays.has(path)) arrays.set(path, arraysAt(path, overlay, nodes))
    const found = await arrays.get(path)!
    const coords = coordsOf(key, path, found.mine)
    if (!coords) continue
    const cells = described.length <= DECODED ? await conflictCells(found, coords) : undefined
    described[described.length - 1] = {
      ...{ key, path, version, coords },
      mine: cells ? `${mine}\n${cells.mine}` : mine,
      theirs: cells ? `${theirs}\n${cells.theirs}` : theirs,
    }
  }
  return described
}

/** An array with what is staged and without. */
async function arraysAt(path: string, overlay: OverlayStore, nodes: NodeContext): Promise<Arrays> {
  const arrayIn = async (store: ListableStore): Promise<ZarrArray | undefined> => {
    const node = await openNode(store, path, nodes).catch(() => undefined)
    return node?.kind === 'array' ? node : undefined
  }
  return { mine: await arrayIn(overlay), theirs: await arrayIn(overlay.base) }
}

function coordsOf(key: string, path: string, array: ZarrArray | undefined): number[] | undefined {
  const name = key.slice(path === '' ? 0 : path.length + 1)
  return array && parseChunkKey(array.metadata.keyEncoding, name, array.shape.length)
}

async function sideOf(store: Pick<Store, 'get' | 'size'>, key: string): Promise<string> {
  const size = await store.size(key)
  if (size === undefined) return 'deleted'
  if (!isDocumentKey(key)) return counted(size, 'byte')
  const bytes = await store.get(key, { range: { offset: 0, length: 65_536 } })
  return shortened(new TextDecoder().decode(bytes))
}
