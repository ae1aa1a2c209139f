import { NodeExistsError, UsageError } from '@shared/errors'
import type { JobSpec } from '@shared/model/jobs'
import { migrateToV3 } from '@engine/nodes/copying/migrate'
import { checkNoTwin } from '@engine/nodes/creation/twin-name'
import { hasNode } from '@engine/nodes/documents'
import { openNode } from '@engine/nodes/open'
import { verifyStore } from '@engine/nodes/verify/verify-store'
import { deleteNode, measureNode, moveNode } from '@engine/nodes/writing/delete-node'
import type { JobStores } from './job-stores'
import { NOTHING_CHANGED, type PreparedJob } from './prepared-job'
import { bytesText, counted, shown } from './words'

type Spec<K extends JobSpec['kind']> = Extract<JobSpec, { kind: K }>

/** Problems that a window is told; more are only counted. */
const MAX_PROBLEMS = 1000

/** Documents of format 3 beside those of format 1 or 2; chunks stay as they are. */
export async function prepareMigrate({ source }: Spec<'migrate'>, stores: JobStores): Promise<PreparedJob> {
  const { at, node } = await stores.node(source)
  await at.checkWritable(source.path)
  if (node.kind === 'array' && node.metadata.zarrFormat === 3)
    throw new UsageError(`${shown(source.path)} is in format 3 already.`)
  return {
    label: `Migrate ${shown(source.path)} to format 3`,
    unit: 'nodes',
    run: async ({ signal, gate, report }) => {
      const count = await at.write([source.path], async (store) =>
        migrateToV3(await openNode(store, source.path, stores.nodes, { format: node.metadata.zarrFormat }), {
          signal,
          gate,
          onProgress: ({ done, total }) => report({ phase: 'working out documents', done, total }),
        }),
      )
      return {
        message: `${counted(count, 'node')} got documents of format 3; the old ones stay beside them.`,
        place: at.place(source.path),
      }
    },
    left: () => NOTHING_CHANGED,
    close: () => stores.close(),
  }
}

/** A node with everything below it; cannot be undone, nor stopped once it is gone from its place. */
export async function prepareDelete({ source }: Spec<'delete'>, stores: JobStores): Promise<PreparedJob> {
  const { at, node } = await stores.node(source)
  await at.checkWritable(source.path)
  return {
    label: `Delete ${shown(source.path)}`,
    unit: 'bytes',
    run: async ({ signal, report }) => {
      const { keys, bytes } = await at.write([source.path], async (store) => {
        report({ phase: 'counting', done: 0, total: 0 })
        const counts = await measureNode(store, source.path, signal)
        report({ phase: 'deleting', done: 0, total: 0 })
        await deleteNode(store, source.path)
        return counts
      })
      return { message: `Deleted the ${node.kind}: ${counted(keys, 'key')}, ${bytesText(bytes)}.` }
    },
    left: () => NOTHING_CHANGED,
    close: () => stores.close(),
  }
}

/**
 * Moves a node inside its store. Throws NodeExistsError where something is at the new path, UsageError where its
 * name has a twin there, ConflictError where edits are staged, ReadOnlyError.
 */
export async function prepareMove({ source, to }: Spec<'move'>, stores: JobStores): Promise<PreparedJob> {
  const { at } = await stores.node(source)
  await at.checkWritable(source.path)
  await at.checkWritable(to)
  if (await hasNode(at.store, to)) throw new NodeExistsError(shown(to))
  await checkNoTwin(at.store, to, source.path)
  return {
    label: `Move ${shown(source.path)} to ${shown(to)}`,
    unit: 'nodes',
    run: async ({ report }) => {
      report({ phase: 'moving', done: 0, total: 1 })
      await at.write([source.path, to], (store) => moveNode(store, source.path, to, stores.nodes))
      return { message: `Moved to ${shown(to)}.`, place: at.place(to) }
    },
    left: () => NOTHING_CHANGED,
    close: () => stores.close(),
  }
}

/** What is on disk; staged edits are not looked at. */
export async function prepareVerify(
  { source, data }: Spec<'verify'>,
  stores: JobStores,
): Promise<PreparedJob> {
  const { at } = await stores.node(source)
  return {
    label: `Verify ${shown(source.path)}`,
    unit: 'chunks',
    run: async ({ signal, gate, report }) => {
      report({ phase: 'looking at documents and keys', done: 0, total: 0 })
      const { problems, checked } = await verifyStore(at.base, source.path, stores.nodes, {
        data,
        signal,
        gate,
        onProgress: ({ done, total }) =>
          report({ phase: total > 0 ? 'decoding chunks' : 'looking at documents and keys', done, total }),
      })
      const chunks = `${counted(checked.chunks, 'chunk')} ${data ? 'decoded' : 'seen'}`
      const found = problems.length === 0 ? 'No problems' : counted(problems.length, 'problem')
      return {
        message: `${found} in ${counted(checked.nodes, 'node')}; ${chunks}.`,
        place: at.place(source.path),
        problems: problems.slice(0, MAX_PROBLEMS),
      }
    },
    left: () => NOTHING_CHANGED,
    close: () => stores.close(),
  }
}
