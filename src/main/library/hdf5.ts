import { NodeNotFoundError } from '@shared/errors'
import { dataType } from '@shared/dtype/registry'
import type { Hdf5Dataset as EngineDataset, Hdf5File } from '@engine/interop/hdf5'
import type { ItemSource } from '@engine/nodes/writing/write-from'

const sources = new WeakMap<object, EngineDataset>()

/** A dataset of an HDF5 or NetCDF-4 file, as a value for `set`, `append` and `array`, which read it part by part. */
export class Hdf5Dataset {
  /** Path inside the file. */
  readonly path: string
  readonly shape: number[]
  /** NumPy name of its data type; complex numbers, booleans and records are those of h5py. */
  readonly dtype: string
  /** Length of a chunk along each dimension; null where it is stored in one piece. */
  readonly chunks: number[] | null
  /** Names of its dimension scales, else dimension labels. */
  readonly dimensionNames: (string | null)[] | null

  /** Datasets come from `openHdf5`. */
  constructor(dataset: EngineDataset) {
    this.path = dataset.path
    this.shape = [...dataset.shape]
    this.dtype = dataType(dataset.dtype).name
    this.chunks = dataset.chunks && [...dataset.chunks]
    this.dimensionNames = dataset.dimensionNames
    sources.set(this, dataset)
  }
}

/** An opened HDF5 or NetCDF-4 file. Close it when done. */
export class Hdf5 {
  readonly #file: Hdf5File

  /** Files come from `openHdf5`. */
  constructor(file: Hdf5File) {
    this.#file = file
  }

  /** Paths of all datasets below a group, or of the whole file. Throws NodeNotFoundError. */
  keys(group = '/'): string[] {
    return [...this.#file.walk(group)].flatMap((node) => (node.kind === 'dataset' ? [node.path] : []))
  }

  /** Throws NodeNotFoundError where there is no such dataset, UnsupportedError for types that Zarr does not have. */
  get(path: string): Hdf5Dataset {
    for (const node of this.#file.walk(path)) {
      if (node.kind === 'dataset') return new Hdf5Dataset(node.open())
      break
    }
    throw new NodeNotFoundError(path, `"${path}" is a group; get one of its datasets.`)
  }

  close(): void {
    this.#file.close()
  }
}

/** Opens an HDF5 or NetCDF-4 file for reading. Throws IoError where there is none, ValueError for other files. */
export async function openHdf5(path: string): Promise<Hdf5> {
  const { Hdf5File } = await import('@engine/interop/hdf5')
  return new Hdf5(await Hdf5File.open(path))
}

/** What a value that came from `openHdf5` reads; undefined for anything else. */
export const hdf5Source = (value: unknown): (ItemSource & Pick<EngineDataset, 'chunks'>) | undefined =>
  typeof value === 'object' && value !== null ? sources.get(value) : undefined
