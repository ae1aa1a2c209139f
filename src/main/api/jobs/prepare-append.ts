import { UsageError, ValueError } from '@shared/errors'
import type { JobSpec } from '@shared/model/jobs'
import type { ZarrArray } from '@engine/nodes/array'
import { NpyFile } from '@engine/interop/npy-read'
import { itemBytesOf } from '@engine/nodes/copying/copy-control'
import { openNode } from '@engine/nodes/open'
import { appendItems } from '@engine/nodes/writing/resize'
import { arraySource, writeFrom, type ItemSource } from '@engine/nodes/writing/write-from'
import { importKind, withItemFile } from './item-files'
import type { JobContext } from './job-context'
import type { JobStores } from './job-stores'
import { NOTHING_CHANGED, type PreparedJob } from './prepared-job'
import { counted, shown } from './words'

type AppendSpec = Extract<JobSpec, { kind: 'append' }>

/** Items of a file or of another array behind the last ones of an axis. The array grows when they are all written. */
export async function prepareAppend(
  spec: AppendSpec,
  context: JobContext,
  stores: JobStores,
): Promise<PreparedJob> {
  const { target, axis } = spec
  const { at, array } = await stores.array(target)
  await at.checkWritable(target.path)
  const source = await sourceOf(spec, array, context, stores)
  if (source.shape) checkShape(array, source.shape, axis)
  let grown = 0
  return {
    label: `Append ${source.name} to ${shown(target.path)}`,
    unit: 'bytes',
    run: async (control) => {
      const { signal, gate, report } = control
      report({ phase: 'reading', done: 0, total: 0 })
      const shape = await source.use(signal, (items) =>
        at.write([target.path], async (store) => {
          checkShape(array, items.shape, axis)
          const current = await openNode(store, target.path, stores.nodes, {
            format: array.metadata.zarrFormat,
          })
          if (current.kind !== 'array') throw new UsageError(`${shown(target.path)} is no array any more.`)
          const size = itemBytesOf(array.dtype)
          const total = items.shape.reduce((n, length) => n * length, size)
          const made = await appendItems(current, items.shape, axis, { signal }, (next, selection) =>
            writeFrom(next, selection, items, 'same_kind', {
              signal,
              gate,
              lane: 'background',
              onProgress: (done) => report({ phase: 'writing', done: done * size, total }),
            }),
          )
          grown = items.shape[axis]!
          return made.shape
        }),
      )
      return {
        message: `Appended ${counted(grown, 'item')} along axis ${axis}; the shape is (${shape.join(', ')}) now.`,
        place: at.place(target.path),
      }
    },
    left: () => NOTHING_CHANGED,
    close: () => stores.close(),
  }
}

interface AppendSource {
  name: string
  /** Where it is known before the source is read. */
  shape?: readonly number[]
  use: <T>(signal: AbortSignal, work: (items: ItemSource) => Promise<T>) => Promise<T>
}

async function sourceOf(
  { source }: AppendSpec,
  { dtype }: ZarrArray,
  { host }: JobContext,
  stores: JobStores,
): Promise<AppendSource> {
  if ('store' in source) {
    const { array } = await stores.array(source)
    return {
      name: shown(source.path),
      shape: array.shape,
      use: (signal, work) => work(arraySource(array, signal)),
    }
  }
  const path = await host.resolveFile(source.ticket, 'read')
  const shape = importKind(path) === 'npy' ? await npyShape(path) : undefined
  return {
    name: path,
    ...(shape && { shape }),
    use: (signal, work) => withItemFile(path, dtype, signal, work),
  }
}

async function npyShape(path: string): Promise<readonly number[]> {
  const file = await NpyFile.open(path)
  await file.close()
  return file.shape
}

function checkShape({ shape }: ZarrArray, added: readonly number[], axis: number): void {
  if (axis >= shape.length)
    throw new UsageError(`The array has ${shape.length} dimensions; there is no axis ${axis}.`)
  const fits = added.length === shape.length && added.every((length, k) => k === axis || length === shape[k])
  if (!fits)
    throw new ValueError(
      `Items of shape (${added.join(', ')}) cannot be appended to shape (${shape.join(', ')}) along axis ${axis}: the other lengths must be equal.`,
    )
}
