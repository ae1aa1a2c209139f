import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const BYTES = { name: 'bytes', configuration: { endian: 'little' } }

async function put(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
}

interface ArrayOptions {
  type: string
  shape: number[]
  chunks: number[]
  names?: string[]
  attributes?: object
  codec?: unknown
}

/** An array of format 3 with a chunk for every key of `chunks`, "0/0" and so on. */
async function putArray(
  path: string,
  { type, shape, chunks, names, attributes = {}, codec = BYTES }: ArrayOptions,
  stored: Record<string, Float64Array | BigInt64Array> = {},
): Promise<void> {
  const document = {
    zarr_format: 3,
    node_type: 'array',
    shape,
    data_type: type,
    chunk_grid: { name: 'regular', configuration: { chunk_shape: chunks } },
    chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
    fill_value: type === 'string' ? '' : 0,
    codecs: [codec],
    attributes,
    ...(names ? { dimension_names: names } : {}),
  }
  await put(join(path, 'zarr.json'), JSON.stringify(document))
  for (const [key, values] of Object.entries(stored))
    await put(join(path, 'c', key), new Uint8Array(values.buffer))
}

/**
 * A store to plot at `path`: "climate/t" of 6 × 8 (lat, lon), value 10 lat + lon, NaN at [0, 0], its last chunk missing,
 * between coordinates from 50 to -50 and from 0 to 315; "signal", 20,000 zeros with a spike of 9 at 12,345; "ids", 2^60
 * and the 99 integers after it; "names", texts; "wide" of 4,000 × 6,000 without a chunk.
 */
export async function writePlotStore(path: string): Promise<void> {
  const group = JSON.stringify({ zarr_format: 3, node_type: 'group', attributes: {} })
  await put(join(path, 'zarr.json'), group)
  await put(join(path, 'climate/zarr.json'), group)
  const quarter = (i: number, j: number): Float64Array => {
    const values = Float64Array.from(
      { length: 12 },
      (_, n) => (i * 3 + Math.floor(n / 4)) * 10 + j * 4 + (n % 4),
    )
    if (i === 0 && j === 0) values[0] = NaN
    return values
  }
  await putArray(
    join(path, 'climate/t'),
    {
      type: 'float64',
      shape: [6, 8],
      chunks: [3, 4],
      names: ['lat', 'lon'],
      attributes: { units: 'K', long_name: 'temperature' },
    },
    { '0/0': quarter(0, 0), '0/1': quarter(0, 1), '1/0': quarter(1, 0) },
  )
  const coordinate = (units: string, length: number, names: string[]): ArrayOptions => ({
    type: 'float64',
    shape: [length],
    chunks: [length],
    names,
    attributes: { units },
  })
  await putArray(join(path, 'climate/lat'), coordinate('degrees_north', 6, ['lat']), {
    '0': Float64Array.from({ length: 6 }, (_, i) => 50 - 20 * i),
  })
  await putArray(join(path, 'climate/lon'), coordinate('degrees_east', 8, ['lon']), {
    '0': Float64Array.from({ length: 8 }, (_, i) => 45 * i),
  })
  const signal = new Float64Array(20_000)
  signal[12_345] = 9
  await putArray(
    join(path, 'signal'),
    { type: 'float64', shape: [20_000], chunks: [20_000], names: ['sample'] },
    { '0': signal },
  )
  await putArray(
    join(path, 'ids'),
    { type: 'int64', shape: [100], chunks: [100] },
    { '0': BigInt64Array.from({ length: 100 }, (_, i) => 2n ** 60n + BigInt(i)) },
  )
  await putArray(join(path, 'names'), {
    type: 'string',
    shape: [4],
    chunks: [4],
    codec: { name: 'vlen-utf8' },
  })
  await putArray(join(path, 'wide'), {
    type: 'float64',
    shape: [4000, 6000],
    chunks: [1000, 1000],
    names: ['y', 'x'],
  })
}
