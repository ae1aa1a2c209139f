import type { NodeSummary, ZarrFormat } from '@shared/model/node'
import type { ZarrGroup as EngineGroup } from '@engine/nodes/group'
import { openNode } from '@engine/nodes/open'
import { countStorage } from '@engine/stats/count-storage'
import { infoBlock } from '@engine/stats/info-block'
import { joinKey } from '@engine/stores/key'
import type { Store } from '@engine/stores/store'
import { ZarrArray } from './array'
import { Attributes } from './attributes'

/** An opened group. */
export class ZarrGroup {
  readonly #node: EngineGroup
  readonly attrs: Attributes

  /** Groups come from `openGroup`. */
  constructor(node: EngineGroup) {
    this.#node = node
    this.attrs = new Attributes(() => this.#node.metadata.attributes)
  }

  get zarrFormat(): ZarrFormat {
    return this.#node.metadata.zarrFormat
  }
  get store(): Store {
    return this.#node.store
  }
  /** Path inside the store; "" at its root. */
  get path(): string {
    return this.#node.path
  }
  get readOnly(): boolean {
    return this.#node.store.readOnly
  }

  /** The array or group below this one; `name` may be a path such as "obs/t". Throws NodeNotFoundError. */
  async get(name: string): Promise<ZarrArray | ZarrGroup> {
    return wrap(await openNode(this.#node.store, joinKey(this.path, name), this.#node.context))
  }

  /** The nodes directly below, by name; those that cannot be read have a `problem`. */
  async children(): Promise<NodeSummary[]> {
    const found: NodeSummary[] = []
    for await (const child of this.#node.children()) found.push(child)
    return found
  }

  /** All bytes stored below this group, metadata included. */
  async nbytesStored(options: { signal?: AbortSignal } = {}): Promise<number> {
    return (await countStorage(this.#node, options)).nbytesStored
  }

  /** The summary block: members, sizes, store. */
  async info(options: { signal?: AbortSignal } = {}): Promise<string> {
    return infoBlock(this.#node, options)
  }
}

/** The public object of an engine node. */
export const wrap = (
  node: EngineGroup | ConstructorParameters<typeof ZarrArray>[0],
): ZarrArray | ZarrGroup => (node.kind === 'array' ? new ZarrArray(node) : new ZarrGroup(node))
