import { UsageError } from '@shared/errors'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { fixedItems } from '@engine/nodes/writing/fixed-items'
import type { OpenedItems } from '@engine/edits/plan-types'
import { readCsv } from '@engine/interop/csv-read'
import { NpyFile } from '@engine/interop/npy-read'

/**
 * The items of a file of values by the end of its name; those of a table are read as `dtype`. Throws UsageError for other
 * files, ValueError, IoError.
 */
export async function openFileItems(path: string, dtype: DataTypeSpec): Promise<OpenedItems> {
  if (/\.npy$/i.test(path)) {
    const file = await NpyFile.open(path)
    return {
      shape: file.shape,
      dtype: file.dtype,
      read: (dims) => file.read(dims),
      close: () => file.close(),
    }
  }
  if (!/\.csv$/i.test(path))
    throw new UsageError(`${path} cannot be read as values: choose an .npy or a .csv file.`)
  const { shape, ...items } = await readCsv(path, dtype)
  return { ...fixedItems(dtype, shape, items), close: async () => undefined }
}
