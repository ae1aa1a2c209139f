import { UsageError } from '@shared/errors'
import type { JobSpec } from '@shared/model/jobs'
import type { ZarrArray } from '@engine/nodes/array'
import { arraysBelow, checkLayout } from '@engine/nodes/copying/check-layout'
import { itemsBytes, partOf } from '@engine/nodes/copying/copy-control'
import { rewriteArray } from '@engine/nodes/copying/rewrite-array'
import { openNode } from '@engine/nodes/open'
import { copyControl } from './copy-control'
import type { JobStores } from './job-stores'
import { layoutOptions } from './layout'
import { NOTHING_CHANGED, type PreparedJob } from './prepared-job'
import { bytesText, counted, shown } from './words'

type RewriteSpec = Extract<JobSpec, { kind: 'rewrite' }>

/** Another layout in place: each array is written beside itself, read back, and exchanged with the old one. */
export async function prepareRewrite(spec: RewriteSpec, stores: JobStores): Promise<PreparedJob> {
  const { source, layout, only } = spec
  if (Object.values(layout).every((value) => value === undefined))
    throw new UsageError('Say what is to change, such as the chunks or the compressor.')
  const { at, node } = await stores.node(source)
  await at.checkWritable(source.path)
  const all = node.kind === 'array' ? [node] : await arraysBelow(node)
  const arrays = all.filter((array) => node === array || bytesOf(array) >= (only?.minBytes ?? 0))
  if (arrays.length === 0) throw new UsageError(`No array below ${shown(source.path)} is to be rewritten.`)
  checkAll(arrays, spec)
  let rewritten = 0
  return {
    label: `Rewrite ${node.kind === 'array' ? shown(source.path) : `${counted(arrays.length, 'array')} below ${shown(source.path)}`}`,
    unit: 'bytes',
    run: async (control) => {
      const copied = copyControl(control)
      const total = arrays.reduce((n, array) => n + itemsBytes(array), 0)
      let [before, bytes] = [0, 0]
      await at.write([source.path], async (store) => {
        for (const { path, shape, layout: present, metadata } of arrays) {
          const array = await openNode(store, path, stores.nodes, { format: metadata.zarrFormat })
          if (array.kind !== 'array') continue
          const weight = itemsBytes(array)
          const asked = layoutOptions(layout, { shape, chunks: present.chunks })
          const made = await rewriteArray(array, asked, partOf(copied, { before, weight, total, bytes }))
          before += weight
          bytes += made.progress.bytes
          rewritten++
        }
      })
      return {
        message: `Rewrote ${counted(rewritten, 'array')}, ${bytesText(bytes)} stored now, read back and found equal.`,
        place: at.place(source.path),
      }
    },
    left: () =>
      rewritten === 0
        ? NOTHING_CHANGED
        : `${counted(rewritten, 'array')} had been rewritten by then; the others are as they were.`,
    close: () => stores.close(),
  }
}

function checkAll(arrays: readonly ZarrArray[], { layout }: RewriteSpec): void {
  const rank = layout.chunks?.length ?? layout.shards?.length
  for (const array of arrays) {
    if (rank !== undefined && array.shape.length !== rank)
      throw new UsageError(
        `Chunks of ${rank} dimensions do not fit ${shown(array.path)}, which has ${array.shape.length}.`,
      )
    const { zarrFormat } = array.metadata
    if (layout.zarrFormat !== undefined && layout.zarrFormat !== zarrFormat)
      throw new UsageError('The format of an array is not changed in its place; copy or migrate it.')
    checkLayout(array, layoutOptions(layout, { shape: array.shape, chunks: array.layout.chunks }), zarrFormat)
  }
}

/** Bytes of all items; arrays that cannot be read are of no size, and left alone where a size is asked for. */
const bytesOf = (array: ZarrArray): number => (array.metadata.problem ? -1 : itemsBytes(array))
