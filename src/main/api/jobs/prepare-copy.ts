import { NodeExistsError } from '@shared/errors'
import type { JobSpec } from '@shared/model/jobs'
import { refuseOverlap, copyNode, type CopyReport } from '@engine/nodes/copying/copy-node'
import { targetFormat, type CopyOptions, type CopyTarget } from '@engine/nodes/copying/copy-array'
import { checkLayout } from '@engine/nodes/copying/check-layout'
import { writeWhole } from '@engine/nodes/copying/write-whole'
import { hasNode } from '@engine/nodes/documents'
import { copyControl } from './copy-control'
import type { JobStores } from './job-stores'
import { layoutOptions } from './layout'
import { NOTHING_LEFT, type PreparedJob } from './prepared-job'
import { bytesText, counted, shown, shownIn } from './words'

type CopySpec = Extract<JobSpec, { kind: 'copy' }>

/**
 * An array, a group or a store to another place. It appears there when it is whole; with `resume` it is written in its
 * place, what is cut off stays there, and the next such copy goes on.
 */
export async function prepareCopy(spec: CopySpec, stores: JobStores): Promise<PreparedJob> {
  const { at: from, node } = await stores.node(spec.source)
  const to = await stores.target(spec.target)
  const { path } = spec.target
  const place: CopyTarget = { store: to.store as CopyTarget['store'], path, context: stores.nodes }
  refuseOverlap(node, place)
  await to.checkWritable(path)
  const present = node.kind === 'array' ? { shape: node.shape, chunks: node.layout.chunks } : null
  const layout = layoutOptions(spec.layout, present)
  const zarrFormat = await targetFormat(layout.zarrFormat, node.metadata.zarrFormat, place)
  const options: CopyOptions & { zarrFormat: typeof zarrFormat } = {
    ...layout,
    zarrFormat,
    casting: spec.unsafe ? 'unsafe' : 'same_kind',
    verify: spec.verify,
  }
  if (node.kind === 'array') checkLayout(node, options, zarrFormat)
  if (!spec.overwrite && !spec.resume && (await hasNode(to.store, path)))
    throw new NodeExistsError(path === '' ? to.storePath : shown(path))
  return {
    label: `Copy ${shown(spec.source.path)} to ${shownIn(to, from, path)}`,
    unit: 'bytes',
    run: async (control) => {
      const copied = copyControl(control)
      const report = await to.write([path], async (store): Promise<CopyReport> => {
        const target = { store, path, context: stores.nodes }
        if (spec.resume) return copyNode(node, target, { ...options, resume: true }, copied)
        return writeWhole(target, { zarrFormat, overwrite: spec.overwrite }, (at) =>
          copyNode(node, at, { ...options, leavesNothing: true }, copied),
        )
      })
      const verified = spec.verify || spec.resume ? ', read back and found equal' : ''
      return {
        message: `${copiedWords(report)}${verified}.`,
        place: to.place(path),
      }
    },
    left: () =>
      spec.resume
        ? `What was copied stays at ${shownIn(to, from, path)}: copy again, resuming, to go on, or delete it.`
        : NOTHING_LEFT,
    close: () => stores.close(),
  }
}

/** How much was copied, as the beginning of a sentence. */
export function copiedWords({ groups, arrays, bytes }: CopyReport): string {
  const parts = [
    ...(groups > 0 ? [counted(groups, 'group')] : []),
    ...(arrays > 0 || groups === 0 ? [counted(arrays, 'array')] : []),
  ]
  return `Copied ${parts.join(' and ')}, ${bytesText(bytes)} stored`
}
