import { open, realpath } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { LimitError, NodeNotFoundError, SelectionError, ValueError, ZarrscopeError } from '@shared/errors'
import { concatBytes } from '@shared/dtype/concat-bytes'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { JsonObject } from '@shared/json/value'
import type { DimIndices, DimSlice } from '@shared/selection/selection'
import type { Dataset, File, Group } from 'h5wasm/node'
import { ioError } from '../files/io-error'
import { OPEN_READ } from '../files/node'
import { hdf5Attributes } from './hdf5-attributes'
import { canonicalItems, hdf5Type, type Hdf5Type } from './hdf5-types'

/** The library is large and is loaded only when a file of this format is opened. */
const load = async () => {
  const library = await import('h5wasm/node')
  await library.ready
  return library
}
type Library = Awaited<ReturnType<typeof load>>

/** Links may lead in circles; nothing sensible is nested deeper. */
const MAX_DEPTH = 64

/** A dataset of an HDF5 file as a source of canonical items; only what is asked for is read. */
export class Hdf5Dataset {
  readonly path: string
  readonly shape: readonly number[]
  readonly dtype: DataTypeSpec
  readonly chunks: readonly number[] | null
  readonly attributes: JsonObject
  /** Names of dimension scales, else dimension labels. */
  readonly dimensionNames: (string | null)[] | null
  readonly #library: Library
  readonly #dataset: Dataset
  readonly #type: Hdf5Type

  /** Throws UnsupportedError for data types that Zarr does not have, and for datasets without a dataspace. */
  constructor(library: Library, dataset: Dataset) {
    const { metadata } = dataset
    this.#library = library
    this.#dataset = dataset
    this.#type = hdf5Type(metadata)
    this.path = dataset.path
    this.shape = metadata.shape ?? []
    this.dtype = this.#type.spec
    this.chunks = metadata.chunks
    this.attributes = hdf5Attributes(dataset)
    this.dimensionNames = dimensionNames(dataset, this.shape.length)
  }

  /** Canonical items of a box, C order over the counts of `dims`. Throws ValueError where the file cannot be read there. */
  async read(dims: (DimSlice | DimIndices)[]): Promise<{ data: Uint8Array; offsets?: Uint32Array }> {
    const slices = dims.map((dim) => {
      if ('indices' in dim || dim.step < 1)
        throw new SelectionError('Datasets of HDF5 files are read by slices with positive steps only.')
      return dim
    })
    try {
      return this.dtype.kind === 'vlen-text' ? this.#texts(slices) : { data: this.#bytes(slices) }
    } catch (error) {
      if (error instanceof ZarrscopeError) throw error
      throw new ValueError(`The dataset ${this.path} cannot be read: ${(error as Error).message}.`, {
        cause: error,
      })
    }
  }

  #bytes(slices: DimSlice[]): Uint8Array {
    const { Module } = this.#library
    const count = slices.reduce((n, slice) => n * slice.count, 1)
    const bytes = count * this.#type.size
    if (bytes === 0) return new Uint8Array()
    const pointer = Module._malloc(bytes)
    if (pointer === 0)
      throw new LimitError('The size of the part to read, in bytes,', bytes, 'the memory that is left')
    try {
      const list = (part: (slice: DimSlice) => number): bigint[] => slices.map((slice) => BigInt(part(slice)))
      const [counts, offsets, strides] = [list((s) => s.count), list((s) => s.start), list((s) => s.step)]
      const { file_id: file, path } = this.#dataset
      const isScalar = slices.length === 0
      Module.get_dataset_data(
        file,
        path,
        isScalar ? null : counts,
        isScalar ? null : offsets,
        isScalar ? null : strides,
        BigInt(pointer),
      )
      return canonicalItems(Module.HEAPU8.slice(pointer, pointer + bytes), this.#type)
    } finally {
      Module._free(pointer)
    }
  }

  #texts(slices: DimSlice[]): { data: Uint8Array; offsets: Uint32Array } {
    const ranges = slices.map(({ start, step, count }): [number, number, number] => [
      start,
      Math.min(start + step * count, Number.MAX_SAFE_INTEGER),
      step,
    ])
    const read = slices.length === 0 ? [this.#dataset.value] : this.#dataset.slice(ranges)
    const texts = (Array.isArray(read) ? read : [read]).map((text) =>
      new TextEncoder().encode(text as string),
    )
    const offsets = new Uint32Array(texts.length + 1)
    texts.forEach((text, i) => (offsets[i + 1] = offsets[i]! + text.length))
    return { data: concatBytes(texts), offsets }
  }
}

/** A group of an HDF5 file. */
export interface Hdf5Group {
  kind: 'group'
  path: string
  attributes: JsonObject
}

/** What a walk finds; a dataset is opened when it is asked for, which is where its data type may be refused. */
export type Hdf5Node = Hdf5Group | { kind: 'dataset'; path: string; open: () => Hdf5Dataset }

/** An HDF5 (or NetCDF-4) file opened for reading. Close it when done. */
export class Hdf5File {
  readonly path: string
  readonly #library: Library
  readonly #file: File

  private constructor(path: string, library: Library, file: File) {
    this.path = path
    this.#library = library
    this.#file = file
  }

  /** Throws IoError where there is no such file, ValueError where it is not in this format. */
  static async open(path: string): Promise<Hdf5File> {
    let real: string
    try {
      real = await realpath(resolve(path))
    } catch (error) {
      throw ioError(path, error)
    }
    await checkSignature(path, real)
    const library = await load()
    const file = new library.File(real, 'r')
    if (file.file_id < 0n) throw new ValueError(`${path} is damaged: it cannot be opened as an HDF5 file.`)
    return new Hdf5File(path, library, file)
  }

  /** A node and everything below it, groups before what they hold. Throws NodeNotFoundError, LimitError for links in circles. */
  *walk(path = '/'): Generator<Hdf5Node> {
    const start = path === '/' || path === '' ? this.#file : this.#file.get(path)
    if (!(start instanceof this.#library.Group) && !(start instanceof this.#library.Dataset))
      throw new NodeNotFoundError(path, `There is no group or dataset at "${path}" in ${this.path}.`)
    yield* this.#below(start, 0)
  }

  close(): void {
    this.#file.close()
  }

  *#below(node: Group | Dataset, depth: number): Generator<Hdf5Node> {
    const { Group, Dataset } = this.#library
    if (depth > MAX_DEPTH)
      throw new LimitError(`The depth of ${node.path}, whose links may lead in circles,`, depth, MAX_DEPTH)
    if (node instanceof Dataset) {
      if (!isBareDimension(node))
        yield { kind: 'dataset', path: node.path, open: () => new Hdf5Dataset(this.#library, node) }
      return
    }
    yield { kind: 'group', path: node.path, attributes: hdf5Attributes(node) }
    for (const name of node.keys().sort()) {
      const child = node.get(name)
      // Links that lead nowhere, or out of the file, and named data types have no items.
      if (child instanceof Group || child instanceof Dataset) yield* this.#below(child, depth + 1)
    }
  }
}

const SIGNATURE = '\x89HDF\r\n\x1a\n'

/** The format begins at 0, 512, 1024, …: asked here, because the library would print its own messages. */
async function checkSignature(path: string, real: string): Promise<void> {
  const file = await open(real, OPEN_READ).catch((error: unknown) => {
    throw ioError(path, error)
  })
  try {
    const stat = await file.stat()
    if (!stat.isFile()) throw new ValueError(`${path} is no file.`)
    const start = new Uint8Array(SIGNATURE.length)
    for (let at = 0; at + SIGNATURE.length <= stat.size; at = at === 0 ? 512 : at * 2) {
      await file.read(start, 0, start.length, at)
      if (Buffer.from(start).toString('latin1') === SIGNATURE) return
    }
  } finally {
    await file.close()
  }
  throw new ValueError(`${path} is no HDF5 or NetCDF-4 file.`)
}

/** NetCDF-4 keeps a dimension without coordinates as a dataset that holds nothing. */
const isBareDimension = (dataset: Dataset): boolean =>
  dataset.get_scale_name()?.startsWith('This is a netCDF dimension but not a netCDF variable') ?? false

function dimensionNames(dataset: Dataset, rank: number): (string | null)[] | null {
  if (rank === 0) return null
  const labels = dataset.get_dimension_labels()
  const names = Array.from({ length: rank }, (_, k): string | null => {
    const [scale] = dataset.get_attached_scales(k)
    if (scale !== undefined) return basename(scale)
    if (labels[k]) return labels[k]
    return rank === 1 && dataset.get_scale_name() !== null ? basename(dataset.path) : null
  })
  return names.some((name) => name !== null) ? names : null
}
