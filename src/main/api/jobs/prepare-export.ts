import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { UsageError } from '@shared/errors'
import type { JobSpec } from '@shared/model/jobs'
import { exportArray, type ExportFormat } from '@engine/interop/export-array'
import { outputRequest } from '@engine/interop/output/array-output'
import { itemBytesOf } from '@engine/nodes/copying/copy-control'
import { copyNode } from '@engine/nodes/copying/copy-node'
import { ZipStore } from '@engine/stores/zip'
import { copyControl } from './copy-control'
import type { JobContext } from './job-context'
import type { JobStores } from './job-stores'
import { copiedWords } from './prepare-copy'
import { NOTHING_LEFT, type PreparedJob } from './prepared-job'
import { shown } from './words'

type ExportSpec = Extract<JobSpec, { kind: 'export' }>

/** A file of another format, which appears when it is whole; staged edits are exported as they are seen. */
export async function prepareExport(
  spec: ExportSpec,
  context: JobContext,
  stores: JobStores,
): Promise<PreparedJob> {
  const { source, target, format, overwrite } = spec
  const file = await context.host.resolveFile(target.ticket, 'write')
  if (!overwrite && (await isThere(file)))
    throw new UsageError(`${file} exists already; agree to replace it, or choose another name.`)
  if (format === 'zip') return zipJob(spec, file, stores)
  const { array } = await stores.array(source)
  const selection = spec.selection ?? ''
  // What cannot be selected or stored is refused before the job begins.
  outputRequest(array, selection)
  return {
    label: `Export ${shown(source.path)}${selection === '' ? '' : `[${selection}]`} to ${file}`,
    unit: 'bytes',
    run: async ({ signal, gate, report }) => {
      const size = itemBytesOf(array.dtype)
      await exportArray(array, selection, format satisfies ExportFormat, file, {
        signal,
        gate,
        lane: 'background',
        onProgress: (done, total) => report({ phase: 'writing', done: done * size, total: total * size }),
      })
      return { message: `Wrote ${file}.` }
    },
    left: () => NOTHING_LEFT,
    close: () => stores.close(),
  }
}

async function zipJob({ source, target }: ExportSpec, file: string, stores: JobStores): Promise<PreparedJob> {
  if (!['.zip', '.ozx'].includes(extname(file).toLowerCase()))
    throw new UsageError(`${file} does not end in .zip; a zipped store is known by that.`)
  const { node } = await stores.node(source)
  return {
    label: `Export ${shown(source.path)} to ${file}`,
    unit: 'bytes',
    run: async (control) => {
      const archive = new ZipStore(file, { mode: 'w' })
      try {
        const report = await copyNode(
          node,
          { store: archive, path: '', context: stores.nodes },
          { leavesNothing: true },
          copyControl(control),
        )
        control.report({ phase: 'closing the archive', done: 1, total: 1 })
        await archive.close()
        return { message: `${copiedWords(report)}.`, place: { ticket: target.ticket, path: '' } }
      } catch (error) {
        await archive.discard()
        throw error
      }
    },
    left: () => NOTHING_LEFT,
    close: () => stores.close(),
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
