import { randomUUID } from 'node:crypto'
import { NodeNotFoundError, UsageError } from '@shared/errors'
import type { StoreChange } from '@shared/model/edits'
import type { ZarrFormat } from '@shared/model/node'
import type { StoreEdits } from '../edits/store-edits'
import type { ZarrArray } from '../nodes/array'
import { openNode, type ZarrNode } from '../nodes/open'
import { expireCounts } from '../stats/scan-age'
import { isBelow } from '../stores/key'
import { OverlayStore } from '../stores/overlay'
import { openStore } from '../stores/open-store'
import type { ListableStore } from '../stores/store'
import type { Engine } from './engine'
import { OutsideChanges } from './outside-changes'

export interface SessionOptions {
  /** The metadata to use where several formats coexist; 3, 2, 1 in this order otherwise. */
  zarrFormat?: ZarrFormat | undefined
  signal?: AbortSignal | undefined
  /** Opens the store for editing, together with everybody in this process who has; else it is only read. */
  editing?: { readOnly: boolean } | undefined
}

/** What a session is made of. */
interface Opened {
  store: ListableStore
  storePath: string
  nodePath: string
  edits?: StoreEdits
  release?: () => Promise<void>
}

/** How long an opened node is taken as it is before its documents are looked at again. */
const FRESH_MS = 1000

/**
 * One opened store: its nodes, kept while their documents stay what they were, until it is closed. Workers and cache
 * belong to the engine, not to the session.
 */
export class Session {
  readonly id: string
  readonly store: ListableStore
  /** The store's own path, as it was opened. */
  readonly storePath: string
  /** Path inside the store that the opened path named; "" for the root. */
  readonly nodePath: string
  /** The staged edits, which `store` shows; undefined where the store is only read. */
  readonly edits: StoreEdits | undefined
  /** What other programs change of what was read here; undefined where the store is only read. */
  readonly #outside: OutsideChanges | undefined
  readonly #release: () => Promise<void>
  readonly #stopListening: (() => void) | undefined
  readonly #engine: Engine
  readonly #zarrFormat: ZarrFormat | undefined
  readonly #nodes = new Map<string, { node: ZarrNode; stamps: string; checked: number }>()
  #closed = false

  constructor(engine: Engine, opened: Opened, options: SessionOptions) {
    this.id = randomUUID()
    this.store = opened.store
    this.storePath = opened.storePath
    this.nodePath = opened.nodePath
    this.edits = opened.edits
    this.#release = opened.release ?? (() => this.store.close())
    const behind = opened.store instanceof OverlayStore ? opened.store.base : opened.store
    this.#outside = opened.edits && new OutsideChanges(behind, () => void this.check().catch(() => undefined))
    this.#stopListening = this.edits?.changes.on((change) => this.#forget(change))
    this.#engine = engine
    this.#zarrFormat = options.zarrFormat
  }

  /**
   * The node at a path. An opened one is used again while its documents are unchanged; `fresh` looks at them in any
   * case. Throws NodeNotFoundError, MetadataError, IoError.
   */
  async node(path: string, options: { fresh?: boolean; signal?: AbortSignal } = {}): Promise<ZarrNode> {
    if (this.#closed) throw new UsageError('The store was closed.')
    const { signal } = options
    const known = this.#nodes.get(path)
    if (known && !options.fresh && Date.now() - known.checked < FRESH_MS) return known.node
    if (known && known.stamps === (await this.#stamps(known.node))) {
      known.checked = Date.now()
      return known.node
    }
    this.#engine.cache.drop(this.store, path)
    const node = await openNode(this.store, path, this.#engine, {
      format: this.#zarrFormat,
      ...(signal ? { signal } : {}),
    })
    this.#nodes.set(path, { node, stamps: await this.#stamps(node), checked: Date.now() })
    await this.#outside?.noteKeys(
      path,
      node.origin.documents.map(({ key }) => key),
    )
    return node
  }

  /** Chunks of a node were shown; a change of them by another program is to be noticed. */
  async noteChunks(path: string, keys: Iterable<string>): Promise<void> {
    await this.#outside?.noteKeys(path, new Set(keys))
  }

  /** The nodes below a group were shown. */
  async noteListing(path: string): Promise<void> {
    await this.#outside?.noteListing(path)
  }

  /** Looks whether another program changed what was shown or edited, and tells everybody. */
  async check(): Promise<void> {
    if (this.#closed) return
    await this.edits?.check()
    const change = await this.#outside?.look()
    if (change) this.edits?.announce(change)
  }

  /** As `check`, at what was shown last, where the system does not tell of changes; cheap enough for every few seconds. */
  async poll(): Promise<void> {
    const change = await this.#outside?.poll()
    if (!change || this.#closed) return
    this.edits?.announce(change)
    await this.edits?.check()
  }

  /** Throws NodeNotFoundError where the path names a group. */
  async array(path: string, options: { signal?: AbortSignal } = {}): Promise<ZarrArray> {
    const node = await this.node(path, options)
    if (node.kind === 'array') return node
    throw new NodeNotFoundError(path, `"${path}" is a group, not an array.`)
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#stopListening?.()
    this.#outside?.close()
    this.#nodes.clear()
    if (!this.edits) this.#engine.cache.drop(this.store, '')
    await this.#release()
  }

  /** What was read of changed nodes, and of those below them, does not count any more. */
  #forget({ by, paths, whole, tree }: StoreChange): void {
    if (whole || tree) this.#nodes.clear()
    // Another program's changes were noted when they were found.
    if (by !== 'outside') this.#outside?.forget(whole ? [''] : paths)
    expireCounts(this.store, whole ? [''] : paths)
    for (const path of whole ? [''] : paths) {
      for (const known of this.#nodes.keys())
        if (known === path || isBelow(path, known)) this.#nodes.delete(known)
      this.#engine.cache.drop(this.store, path)
    }
  }

  async #stamps(node: ZarrNode): Promise<string> {
    const stamps = await Promise.all(node.origin.documents.map(({ key }) => this.store.stamp(key)))
    return stamps.join('\n')
  }
}

/** Opens the store that a path lies in; throws NotAStoreError, IoError. */
export async function openSession(
  engine: Engine,
  path: string,
  options: SessionOptions = {},
): Promise<Session> {
  const { editing } = options
  const opened = editing ? await engine.stores.acquire(path, editing) : await openStore(path)
  return new Session(engine, opened, options)
}
