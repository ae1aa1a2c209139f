import { fromErrorBody, NodeExistsError, toErrorBody, UsageError } from '@shared/errors'
import { numpyDescr } from '@shared/dtype/numpy-name'
import { v3DataType } from '@shared/dtype/v3-dtype'
import type { ZarrFormat } from '@shared/model/node'
import { writeArrayDocuments } from '../metadata/write-documents'
import { hasNode } from '../nodes/documents'
import { copyInto, type CopyOptions, type CopyTarget } from '../nodes/copying/copy-array'
import { itemsBytes, partOf, type CopyControl } from '../nodes/copying/copy-control'
import type { CopyReport } from '../nodes/copying/copy-node'
import { createGroup } from '../nodes/creation/create-node'
import { checkNodeName } from '../nodes/creation/node-name'
import { resolveNewArray, type NewArrayOptions } from '../nodes/creation/new-array-options'
import { joinKey, nameOf } from '../stores/key'
import { inPieces } from './in-pieces'
import type { Hdf5Dataset, Hdf5File, Hdf5Node } from './hdf5'

/**
 * Copies a dataset, or a group with everything below it, of an HDF5 or NetCDF-4 file into a store, part by part.
 * Attributes, dimension names and chunk shapes are kept; compressors are the format's own. Everything is worked out
 * before anything is written. Throws as `copyNode` does, UnsupportedError that names the dataset.
 */
export async function copyHdf5(
  file: Hdf5File,
  path: string,
  target: CopyTarget,
  options: CopyOptions & { zarrFormat: ZarrFormat },
  control: CopyControl = {},
): Promise<CopyReport> {
  const nodes = plan(file, path, options)
  const { store, context, path: place } = target
  const [first] = nodes
  if (first?.node.kind === 'group') {
    if (options.chunks !== undefined || options.shards)
      throw new UsageError('Chunks and shards are chosen for one array; copy the datasets one by one.')
    if (!options.overwrite && !options.resume && (await hasNode(store, place)))
      throw new NodeExistsError(place || (store.path ?? 'the root of the store'))
    if (options.overwrite && (await hasNode(store, place))) await store.deletePrefix(place)
  }
  const report: CopyReport = { groups: 0, arrays: 0, bytes: 0 }
  const total = nodes.reduce((n, { weight }) => n + weight, 0)
  let before = 0
  for (const { node, below, made, weight } of nodes) {
    const at = { store, context, path: joinKey(place, below) }
    if (node.kind === 'group') {
      const { attributes } = node
      await createGroup(store, at.path, { mode: 'a', zarrFormat: options.zarrFormat, attributes }, context)
      report.groups++
    } else {
      const overwrite = first?.node === node && options.overwrite
      const { progress } = await copyInto(
        inPieces(node.open()),
        made!,
        at,
        { ...options, overwrite },
        partOf(control, { before, weight, total, bytes: report.bytes }),
      )
      report.arrays++
      report.bytes += progress.bytes
    }
    before += weight
    control.onProgress?.({ done: before, total, bytes: report.bytes, phase: 'copying' })
  }
  return report
}

interface Planned {
  node: Hdf5Node
  /** Path below the one that is copied. */
  below: string
  /** The new array of a dataset. */
  made?: NewArrayOptions
  /** Bytes of its items. */
  weight: number
}

function plan(file: Hdf5File, path: string, options: CopyOptions & { zarrFormat: ZarrFormat }): Planned[] {
  const start = `/${path.replace(/^\/+|\/+$/g, '')}`
  return [...file.walk(start)].map((node) => {
    const below = node.path.slice(start.length).replace(/^\/+/, '')
    try {
      if (below !== '') checkNodeName(nameOf(below), options.zarrFormat)
      if (node.kind === 'group') return { node, below, weight: 0 }
      const dataset = node.open()
      const made = optionsOf(dataset, options)
      const { array, format } = resolveNewArray(made)
      writeArrayDocuments(array, format)
      return { node, below, made, weight: itemsBytes(dataset) }
    } catch (error) {
      const body = toErrorBody(error)
      if (body.code === 'INTERNAL') throw error
      throw fromErrorBody({ ...body, message: `${node.path}: ${body.message}` })
    }
  })
}

function optionsOf(source: Hdf5Dataset, options: CopyOptions & { zarrFormat: ZarrFormat }): NewArrayOptions {
  const { chunks, shards, compressor, filters, order, dtype, zarrFormat } = options
  const spec = source.dtype
  const own = spec.kind === 'vlen-text' ? v3DataType(spec) : numpyDescr(spec)
  return {
    shape: source.shape,
    chunks: chunks ?? source.chunks ?? 'auto',
    shards,
    compressor,
    filters,
    order,
    dtype: dtype ?? own,
    zarrFormat,
    dimensionNames: source.dimensionNames,
    attributes: source.attributes,
  }
}
