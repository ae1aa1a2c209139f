import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

async function put(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
}

const group = { zarr_format: 3, node_type: 'group', attributes: { title: 'End to end' } }

const array = (shape: number[], chunks: number[], names: string[]) => ({
  zarr_format: 3,
  node_type: 'array',
  shape,
  data_type: 'int32',
  chunk_grid: { name: 'regular', configuration: { chunk_shape: chunks } },
  chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
  fill_value: -1,
  codecs: [{ name: 'bytes', configuration: { endian: 'little' } }],
  dimension_names: names,
  attributes: { units: 'K' },
})

/**
 * A small store of format 3 at `path`: a group "obs" with an array "t" of int32 (8, 6) in chunks of (4, 3), value
 * row * 100 + column, whose last chunk is missing (fill value -1); and "huge", 10^12 rows of metadata alone.
 */
export async function writeStore(path: string): Promise<void> {
  const document = (at: string, value: unknown): Promise<void> =>
    put(join(path, at, 'zarr.json'), `${JSON.stringify(value, null, 2)}\n`)
  await document('', group)
  await document('obs', group)
  await document('obs/t', array([8, 6], [4, 3], ['time', 'x']))
  await document('huge', array([1e12, 4], [1e6, 4], ['row', 'column']))
  for (const [i, j] of [
    [0, 0],
    [0, 1],
    [1, 0],
  ] as const) {
    const chunk = Int32Array.from(
      { length: 12 },
      (_, n) => (i * 4 + Math.floor(n / 3)) * 100 + j * 3 + (n % 3),
    )
    await put(join(path, 'obs/t/c', String(i), String(j)), new Uint8Array(chunk.buffer))
  }
}

/** A .npy file of version 1.0 in C order; `dtype` as NumPy spells it, such as "<i4". */
export function npyFile(dtype: string, shape: readonly number[], items: ArrayBufferView): Uint8Array {
  const words = `{'descr': '${dtype}', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`
  const header = `${words.padEnd(Math.ceil((words.length + 11) / 64) * 64 - 11)}\n`
  const length = Buffer.alloc(2)
  length.writeUInt16LE(header.length)
  const bytes = Buffer.from(items.buffer, items.byteOffset, items.byteLength)
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), length, Buffer.from(header), bytes])
}
