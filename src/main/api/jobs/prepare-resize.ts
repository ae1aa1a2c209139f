import { AbortedError, UsageError } from '@shared/errors'
import type { JobSpec } from '@shared/model/jobs'
import { openNode } from '@engine/nodes/open'
import { checkedShape, planResize, resizeArray } from '@engine/nodes/writing/resize'
import type { JobStores } from './job-stores'
import { NOTHING_CHANGED, type PreparedJob } from './prepared-job'
import { bytesText, counted, shown } from './words'

/** Another shape; cannot be undone, nor stopped once the new shape is being stored. */
export async function prepareResize(
  { source, shape }: Extract<JobSpec, { kind: 'resize' }>,
  stores: JobStores,
): Promise<PreparedJob> {
  const { at, array } = await stores.array(source)
  await at.checkWritable(source.path)
  checkedShape(array, shape)
  const words = `(${shape.join(', ')})`
  let begun = false
  return {
    label: `Resize ${shown(source.path)} to ${words}`,
    unit: 'chunks',
    run: async ({ signal, gate, report }) => {
      const { doomed, bytes } = await at.write([source.path], async (store) => {
        report({ phase: 'looking for chunks outside', done: 0, total: 0 })
        const { path, metadata } = array
        const current = await openNode(store, path, stores.nodes, { format: metadata.zarrFormat })
        if (current.kind !== 'array') throw new UsageError(`${shown(path)} is no array any more.`)
        const plan = await planResize(current, shape, signal)
        await gate()
        if (signal.aborted) throw new AbortedError()
        begun = true
        const total = plan.doomed.length
        await resizeArray(current, shape, {
          onDelete: (done) => report({ phase: 'deleting chunks', done, total }),
        })
        return plan
      })
      const gone = doomed.length > 0 ? ` ${counted(doomed.length, 'chunk')}, ${bytesText(bytes)}, went.` : ''
      return { message: `The shape is ${words} now.${gone}`, place: at.place(source.path) }
    },
    left: () =>
      // An archive takes all changes or none.
      !begun || at.base.kind === 'zip'
        ? NOTHING_CHANGED
        : 'The new shape may be stored already; chunks outside it that are left are not read.',
    close: () => stores.close(),
  }
}
