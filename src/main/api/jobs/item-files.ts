import { extname } from 'node:path'
import { UsageError } from '@shared/errors'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { readCsv } from '@engine/interop/csv-read'
import { NpyFile } from '@engine/interop/npy-read'
import { fixedItems } from '@engine/nodes/writing/fixed-items'
import type { ItemSource } from '@engine/nodes/writing/write-from'

export type ImportKind = 'npy' | 'csv' | 'hdf5'

const KINDS: Record<string, ImportKind> = {
  npy: 'npy',
  csv: 'csv',
  h5: 'hdf5',
  hdf5: 'hdf5',
  he5: 'hdf5',
  hdf: 'hdf5',
  nc: 'hdf5',
  nc4: 'hdf5',
  cdf: 'hdf5',
}

/** What a file is by its name. Throws UsageError for others. */
export function importKind(path: string): ImportKind {
  const end = extname(path).slice(1).toLowerCase()
  const kind = Object.hasOwn(KINDS, end) ? KINDS[end] : undefined
  if (kind) return kind
  throw new UsageError(
    `${path} is none of the files that can be read: .npy, .csv, HDF5 (.h5) and NetCDF-4 (.nc).`,
  )
}

/** Opens an .npy or .csv file, hands its items over and closes it. `dtype` is what the cells of a table are read as. */
export async function withItemFile<T>(
  path: string,
  dtype: DataTypeSpec,
  signal: AbortSignal,
  use: (source: ItemSource) => Promise<T>,
): Promise<T> {
  const kind = importKind(path)
  if (kind === 'hdf5')
    throw new UsageError(`${path} holds several datasets; import it, then append the array.`)
  if (kind === 'csv') {
    const { shape, ...items } = await readCsv(path, dtype, { signal })
    return use(fixedItems(dtype, shape, items))
  }
  const file = await NpyFile.open(path)
  try {
    return await use(file)
  } finally {
    await file.close()
  }
}
