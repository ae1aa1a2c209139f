import { NodeExistsError } from '@shared/errors'
import { numpyDescr } from '@shared/dtype/numpy-name'
import { parseDtypeName } from '@shared/dtype/dtype-name'
import type { JobSpec } from '@shared/model/jobs'
import type { ZarrFormat } from '@shared/model/node'
import { guessCsvType } from '@engine/interop/csv-guess'
import { readCsv } from '@engine/interop/csv-read'
import { NpyFile } from '@engine/interop/npy-read'
import { copyInto, targetFormat, type CopyTarget } from '@engine/nodes/copying/copy-array'
import type { CopyControl } from '@engine/nodes/copying/copy-control'
import type { CopyReport } from '@engine/nodes/copying/copy-node'
import type { LayoutOptions } from '@engine/nodes/copying/derived-options'
import type { ItemSource } from '@engine/nodes/copying/item-source'
import { writeWhole } from '@engine/nodes/copying/write-whole'
import { fillFromText } from '@engine/nodes/creation/fill-text'
import { hasNode } from '@engine/nodes/documents'
import { fixedItems } from '@engine/nodes/writing/fixed-items'
import { copyControl } from './copy-control'
import { importKind } from './item-files'
import type { JobContext } from './job-context'
import type { JobStores } from './job-stores'
import { layoutOptions } from './layout'
import { copiedWords } from './prepare-copy'
import { NOTHING_LEFT, type PreparedJob } from './prepared-job'
import { shown } from './words'

type ImportSpec = Extract<JobSpec, { kind: 'import' }>

/** A file of another format as a new array, or group, of an open store. */
export async function prepareImport(
  spec: ImportSpec,
  context: JobContext,
  stores: JobStores,
): Promise<PreparedJob> {
  const { path } = spec.target
  const file = await context.host.resolveFile(spec.source.ticket, 'read')
  const kind = importKind(file)
  const to = await stores.open(spec.target)
  await to.checkWritable(path)
  if (await hasNode(to.store, path)) throw new NodeExistsError(path === '' ? to.storePath : shown(path))
  const at: CopyTarget = { store: to.store as CopyTarget['store'], path, context: stores.nodes }
  const zarrFormat = await targetFormat(spec.layout.zarrFormat, 3, at)
  const layout = { ...layoutOptions(spec.layout, null), zarrFormat }
  const copy = { npy: fromNpy, csv: fromCsv, hdf5: fromHdf5 }[kind]
  return {
    label: `Import ${file}${spec.inside === undefined ? '' : `::${spec.inside}`} to ${shown(path)}`,
    unit: 'bytes',
    run: async (control) => {
      const report = await to.write([path], (store) =>
        writeWhole({ store, path, context: stores.nodes }, { zarrFormat, overwrite: false }, (place) =>
          copy(file, { layout, inside: spec.inside ?? '/' }, place, copyControl(control)),
        ),
      )
      return { message: `${copiedWords(report)}.`, place: to.place(path) }
    },
    left: () => NOTHING_LEFT,
    close: () => stores.close(),
  }
}

interface Asked {
  layout: LayoutOptions & { zarrFormat: ZarrFormat }
  inside: string
}

async function fromNpy(
  path: string,
  asked: Asked,
  at: CopyTarget,
  control: CopyControl,
): Promise<CopyReport> {
  const file = await NpyFile.open(path)
  try {
    return await fromItems(file, asked, at, control)
  } finally {
    await file.close()
  }
}

async function fromCsv(
  path: string,
  asked: Asked,
  at: CopyTarget,
  control: CopyControl,
): Promise<CopyReport> {
  const dtype = asked.layout.dtype ?? (await guessCsvType(path)).dtype
  const { spec } = parseDtypeName(dtype)
  const { shape, ...items } = await readCsv(path, spec, control)
  const source = { ...fixedItems(spec, shape, items), chunks: null }
  return fromItems(source, { ...asked, layout: { ...asked.layout, dtype } }, at, control)
}

async function fromItems(
  source: ItemSource,
  { layout }: Asked,
  at: CopyTarget,
  control: CopyControl,
): Promise<CopyReport> {
  const dtype = layout.dtype ?? numpyDescr(source.dtype)
  const fill = layout.fillValue === undefined ? {} : fillFromText(layout.fillValue, dtype)
  const made = { ...layout, ...fill, shape: source.shape, dtype }
  const { progress } = await copyInto(source, made, at, { leavesNothing: true }, control)
  return { groups: 0, arrays: 1, bytes: progress.bytes }
}

async function fromHdf5(
  path: string,
  { layout, inside }: Asked,
  at: CopyTarget,
  control: CopyControl,
): Promise<CopyReport> {
  const { Hdf5File } = await import('@engine/interop/hdf5')
  const { copyHdf5 } = await import('@engine/interop/copy-hdf5')
  const file = await Hdf5File.open(path)
  try {
    return await copyHdf5(file, inside, at, { ...layout, leavesNothing: true }, control)
  } finally {
    file.close()
  }
}
