import type { NodeSummary } from '@shared/model/node'
import type { GroupMetadata } from '../metadata/array-metadata'
import type { ListableStore } from '../stores/store'
import { children } from './children'
import { findConsolidated } from './consolidated'
import type { NodeContext, NodeOrigin } from './node-context'
import { walk } from './walk'

interface Options {
  signal?: AbortSignal
}

/** An opened group: its metadata, and what lies below it. */
export class ZarrGroup {
  readonly kind = 'group'
  readonly store: ListableStore
  readonly path: string
  readonly metadata: GroupMetadata
  readonly origin: NodeOrigin
  readonly context: NodeContext

  constructor(
    store: ListableStore,
    path: string,
    metadata: GroupMetadata,
    origin: NodeOrigin,
    context: NodeContext,
  ) {
    this.store = store
    this.path = path
    this.metadata = metadata
    this.origin = origin
    this.context = context
  }

  /** The nodes directly below, by name (see `children`). */
  async *children(options: Options = {}): AsyncGenerator<NodeSummary> {
    yield* children(this.store, this.#self, await this.#listOptions(options))
  }

  /** Every node below in tree order, in batches (see `walk`). */
  async *walk(options: Options & { depth?: number } = {}): AsyncGenerator<NodeSummary[]> {
    yield* walk(this.store, this.#self, { ...options, ...(await this.#listOptions(options)) })
  }

  get #self(): { path: string; zarrFormat: GroupMetadata['zarrFormat'] } {
    return { path: this.path, zarrFormat: this.metadata.zarrFormat }
  }

  async #listOptions({ signal }: Options): Promise<Parameters<typeof children>[2]> {
    return {
      signal,
      executor: this.context.executor,
      format: this.origin.preferred,
      consolidated: await findConsolidated(this.store, this.path, signal),
    }
  }
}
