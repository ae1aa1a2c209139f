import { stat } from 'node:fs/promises'
import { ConflictError, ReadOnlyError, UsageError } from '@shared/errors'
import type { CopyTarget, NodeRef } from '@shared/model/jobs'
import { findConsolidated } from '@engine/nodes/consolidated'
import { hasNode } from '@engine/nodes/documents'
import type { NodeContext } from '@engine/nodes/node-context'
import { openNode, type ZarrNode } from '@engine/nodes/open'
import type { ZarrArray } from '@engine/nodes/array'
import type { SharedStore } from '@engine/session/shared-stores'
import { parentOf } from '@engine/stores/key'
import { openStore } from '@engine/stores/open-store'
import type { ListableStore, WritableStore } from '@engine/stores/store'
import { ZipStore } from '@engine/stores/zip'
import type { JobContext } from './job-context'
import type { Place } from './prepared-job'

/** A store that a job reads or writes. */
export interface JobStore {
  storePath: string
  /** As people see it, with their staged edits. */
  store: ListableStore
  /** As it is on disk. */
  base: ListableStore
  /** Throws where nothing can be written below a path, or where staged edits are in the way. */
  checkWritable(path: string): Promise<void>
  /** Hands over the store for writing below these paths; windows learn of it when the work is over. */
  write<T>(paths: readonly string[], work: (store: WritableStore) => Promise<T>): Promise<T>
  place(path: string): Place
}

/** The stores of one job: open as long as it is, whatever the windows do meanwhile. */
export class JobStores {
  /** Chunks that a job reads are not worth a place in the cache. */
  readonly nodes: NodeContext
  private readonly context: JobContext
  private readonly releases: (() => Promise<void>)[] = []

  constructor(context: JobContext) {
    this.context = context
    this.nodes = { executor: context.engine.executor }
  }

  async open({ store }: Pick<NodeRef, 'store'>): Promise<JobStore> {
    const { sessions } = this.context
    const { storePath } = sessions.get(store)
    const ticket = sessions.ticketOf(store)
    return { ...(await this.share(storePath)), place: (path) => ({ storePath, ticket, path }) }
  }

  /** The node itself, as people see it. */
  async node(ref: NodeRef): Promise<{ at: JobStore; node: ZarrNode }> {
    const at = await this.open(ref)
    return { at, node: await openNode(at.store, ref.path, this.nodes) }
  }

  /** Throws UsageError where the node is a group. */
  async array(ref: NodeRef): Promise<{ at: JobStore; array: ZarrArray }> {
    const { at, node } = await this.node(ref)
    if (node.kind === 'array') return { at, array: node }
    throw new UsageError(`"/${ref.path}" is a group; choose one of its arrays.`)
  }

  /** A store that is open, one that is chosen through the host, or a new one. */
  async target(target: CopyTarget): Promise<JobStore> {
    if ('store' in target) return this.open(target)
    const { ticket } = target.file
    const path = await this.context.host.resolveFile(ticket, 'write')
    const isThere = await stat(path).then(
      (found) => found.isFile() || hasStore(path),
      () => false,
    )
    if (isThere) return { ...(await this.share(path)), place: (inside) => ({ ticket, path: inside }) }
    return newStore(path, ticket)
  }

  async close(): Promise<void> {
    for (const release of this.releases.splice(0)) await release()
  }

  private async share(storePath: string): Promise<Omit<JobStore, 'place'>> {
    const { readOnly } = this.context.host.info()
    const shared = await this.context.engine.stores.acquire(storePath, { readOnly })
    this.releases.push(shared.release)
    return {
      storePath: shared.storePath,
      store: shared.store,
      base: shared.store.base,
      checkWritable: (path) => checkWritable(shared, path),
      write: async (paths, work) => {
        for (const path of paths) await checkWritable(shared, path)
        return shared.edits.direct(paths, work)
      },
    }
  }
}

/** An existing folder is a store where its root can be opened; else `openStore` begins a new one in it. */
const hasStore = (path: string): Promise<boolean> =>
  openStore(path).then(
    async ({ store }) => {
      await store.close()
      return true
    },
    () => false,
  )

async function newStore(path: string, ticket: string): Promise<JobStore> {
  const { store, nodePath } = await openStore(path, { mode: 'a', flush: 'all' })
  if (nodePath !== '') throw new UsageError(`${path} lies inside another store; open that one instead.`)
  return {
    storePath: path,
    store,
    base: store,
    checkWritable: async () => undefined,
    place: (inside) => ({ ticket, path: inside }),
    write: async (_paths, work) => {
      try {
        const result = await work(store)
        await store.close()
        return result
      } catch (error) {
        if (store instanceof ZipStore) await store.discard()
        throw error
      }
    },
  }
}

async function checkWritable({ store, edits }: SharedStore, path: string): Promise<void> {
  const { frozen } = edits.state
  if (frozen !== null) throw new ReadOnlyError(frozen)
  if (store.isStagedBelow(path))
    throw new ConflictError(path, `"/${path}" has staged edits; save or discard them first.`)
  // What is staged above the path is changed along with it: a group that is not saved yet, a consolidated copy.
  for (let above = path; above !== '';) {
    above = parentOf(above)
    if (!(await hasNode(store, above))) continue
    if (await hasNode(store.base, above)) break
    throw new ConflictError(above, `"/${above}" is staged and not saved yet; save it first.`)
  }
  const consolidated = await findConsolidated(store.base, path)
  if (consolidated && store.staged.has(consolidated.key))
    throw new ConflictError(
      consolidated.key,
      'The consolidated metadata has staged edits; save or discard them first.',
    )
}
