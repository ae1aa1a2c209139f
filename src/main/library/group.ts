import { UsageError } from '@shared/errors'
import type { NodeSummary, ZarrFormat } from '@shared/model/node'
import type { ZarrGroup as EngineGroup } from '@engine/nodes/group'
import { openNode } from '@engine/nodes/open'
import { KeyLocks } from '@engine/nodes/writing/key-locks'
import { countStorage } from '@engine/stats/count-storage'
import { infoBlock } from '@engine/stats/info-block'
import { joinKey } from '@engine/stores/key'
import type { Store } from '@engine/stores/store'
import { ZarrArray, type ArrayAccess } from './array'
import type { Attributes } from './attributes'
import { attributesOf, openedForReading } from './attributes-of'

/** An opened group. */
export class ZarrGroup {
  #node: EngineGroup
  readonly attrs: Attributes

  readonly #access: ArrayAccess

  /** Groups come from `openGroup` and `group`. What is opened through it has the same access. */
  constructor(node: EngineGroup, access: ArrayAccess = {}) {
    this.#node = node
    this.#access = access
    this.attrs = attributesOf({
      node: () => this.#node,
      checkWritable: () => {
        if (access.readOnly) throw openedForReading(this.#node)
      },
      refresh: () => this.refresh(),
      locks: access.synchronizer && new KeyLocks(access.synchronizer),
    })
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
    return this.#access.readOnly === true || this.#node.store.readOnly
  }

  /** The array or group below this one; `name` may be a path such as "obs/t". Throws NodeNotFoundError. */
  async get(name: string): Promise<ZarrArray | ZarrGroup> {
    return wrap(await openNode(this.#node.store, joinKey(this.path, name), this.#node.context), this.#access)
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

  /** Reads the metadata again. Throws NodeNotFoundError where the group is gone. */
  async refresh(): Promise<void> {
    const { store, path, context, metadata } = this.#node
    const node = await openNode(store, path, context, { format: metadata.zarrFormat })
    if (node.kind !== 'group') throw new UsageError(`"${path}" is an array now.`)
    this.#node = node
  }
}

/** The public object of an engine node. */
export const wrap = (
  node: EngineGroup | ConstructorParameters<typeof ZarrArray>[0],
  access: ArrayAccess = {},
): ZarrArray | ZarrGroup =>
  node.kind === 'array' ? new ZarrArray(node, access) : new ZarrGroup(node, access)
