import type { ItemValue } from '@shared/dtype/data-type'

/** A node of the sample store: its metadata documents by file name, and for arrays the value at every index. */
export interface SampleNode {
  path: string
  documents: Record<string, object>
  array?: {
    /** The value at an array index. */
    value(index: readonly number[]): ItemValue
    /** Chunks (shards, where sharded) that are left out, by grid coordinates. */
    missing?(coords: readonly number[]): boolean
  }
}

const LITTLE = { name: 'bytes', configuration: { endian: 'little' } }
const ZSTD = { name: 'zstd', configuration: { level: 3, checksum: true } }
const blosc = (typesize: number): object => ({
  name: 'blosc',
  configuration: { cname: 'lz4', clevel: 5, shuffle: 'shuffle', typesize, blocksize: 0 },
})

const group3 = (path: string, attributes: object): SampleNode => ({
  path,
  documents: { 'zarr.json': { zarr_format: 3, node_type: 'group', attributes } },
})

interface Array3 {
  shape: number[]
  chunks: number[]
  type: string | object
  fill: unknown
  codecs: object[]
  dims: string[]
  attributes: object
}

const array3 = (path: string, a: Array3, array: SampleNode['array']): SampleNode => ({
  path,
  documents: {
    'zarr.json': {
      zarr_format: 3,
      node_type: 'array',
      shape: a.shape,
      data_type: a.type,
      chunk_grid: { name: 'regular', configuration: { chunk_shape: a.chunks } },
      chunk_key_encoding: { name: 'default', configuration: { separator: '/' } },
      fill_value: a.fill,
      codecs: a.codecs,
      attributes: a.attributes,
      dimension_names: a.dims,
      storage_transformers: [],
    },
  },
  ...(array ? { array } : {}),
})

interface Array2 {
  shape: number[]
  chunks: number[]
  dtype: unknown
  fill: unknown
  compressor: object | null
  filters?: object[]
  order?: 'C' | 'F'
  attributes: object
}

const array2 = (path: string, a: Array2, array: SampleNode['array']): SampleNode => ({
  path,
  documents: {
    '.zarray': {
      zarr_format: 2,
      shape: a.shape,
      chunks: a.chunks,
      dtype: a.dtype,
      compressor: a.compressor,
      fill_value: a.fill,
      filters: a.filters ?? null,
      order: a.order ?? 'C',
      dimension_separator: '.',
    },
    '.zattrs': a.attributes,
  },
  ...(array ? { array } : {}),
})

/** Kelvin: warm equator, cold poles, a season that moves with the year. */
function temperature([day, lat, lon]: readonly number[]): number {
  const latitude = 82.5 - 15 * lat!
  const season = Math.cos(((day! - 197) / 365) * 2 * Math.PI) * Math.sin((latitude * Math.PI) / 180)
  const weather = Math.sin(day! / 3 + lon! / 4) * Math.cos(lat! + day! / 11)
  return Math.round((288 - 0.45 * Math.abs(latitude) + 14 * season + 2.5 * weather) * 100) / 100
}

/** Steps until a point of the plane escapes, at most 255. */
function escape([row, column]: readonly number[]): number {
  const [cr, ci] = [-2.2 + (column! / 192) * 3.2, -1.2 + (row! / 128) * 2.4]
  let [r, i, steps] = [0, 0, 0]
  while (r * r + i * i <= 4 && steps < 255) {
    ;[r, i] = [r * r - i * i + cr, 2 * r * i + ci]
    steps++
  }
  return steps
}

const STATIONS = [
  'Ålesund',
  'Quito',
  '東京',
  'Nairobi',
  'Reykjavík',
  'Hobart',
  'Nuuk',
  'Lima',
  'Zürich',
  'Darwin',
]

/** The sample: groups, formats 2 and 3 side by side, shards, gaps, names, strings, records and dates. */
export const SAMPLE: readonly SampleNode[] = [
  group3('', {
    title: 'Zarrscope sample',
    description: 'Made-up data in many shapes: look around, nothing here is precious.',
  }),
  group3('climate', { source: 'a formula', conventions: 'dimension names, CF units' }),
  array3(
    'climate/temperature',
    {
      shape: [365, 12, 24],
      chunks: [73, 12, 24],
      type: 'float32',
      fill: 'NaN',
      codecs: [LITTLE, blosc(4)],
      dims: ['time', 'lat', 'lon'],
      attributes: { units: 'K', long_name: 'air temperature', _FillValue: 'AAAAAAAA+H8=' },
    },
    { value: temperature, missing: ([time]) => time === 3 },
  ),
  array3(
    'climate/precipitation',
    {
      shape: [365, 12, 24],
      chunks: [128, 12, 24],
      type: 'int16',
      fill: -1,
      codecs: [
        {
          name: 'sharding_indexed',
          configuration: {
            chunk_shape: [16, 6, 12],
            codecs: [LITTLE, ZSTD],
            index_codecs: [LITTLE, { name: 'crc32c' }],
            index_location: 'end',
          },
        },
      ],
      dims: ['time', 'lat', 'lon'],
      attributes: { units: 'mm', scale_factor: 0.1, long_name: 'rain per day' },
    },
    {
      value: ([t, y, x]) =>
        t! % 64 >= 48 ? -1 : Math.max(0, Math.round(90 * Math.sin(t! / 9 + y!) * Math.cos(x! / 5))),
    },
  ),
  array3(
    'climate/time',
    {
      shape: [365],
      chunks: [365],
      type: { name: 'numpy.datetime64', configuration: { unit: 'D', scale_factor: 1 } },
      fill: 'NaT',
      codecs: [LITTLE, ZSTD],
      dims: ['time'],
      attributes: { long_name: 'day of observation' },
    },
    { value: ([day]) => 19723n + BigInt(day!) },
  ),
  array3(
    'climate/lat',
    {
      shape: [12],
      chunks: [12],
      type: 'float64',
      fill: 'NaN',
      codecs: [LITTLE],
      dims: ['lat'],
      attributes: { units: 'degrees_north' },
    },
    { value: ([i]) => 82.5 - 15 * i! },
  ),
  array3(
    'climate/lon',
    {
      shape: [24],
      chunks: [24],
      type: 'float64',
      fill: 'NaN',
      codecs: [LITTLE],
      dims: ['lon'],
      attributes: { units: 'degrees_east' },
    },
    { value: ([i]) => 15 * i! - 180 },
  ),
  group3('images', {}),
  array3(
    'images/fractal',
    {
      shape: [128, 192],
      chunks: [16, 16],
      type: 'uint8',
      fill: 0,
      codecs: [LITTLE, { name: 'gzip', configuration: { level: 6 } }],
      dims: ['y', 'x'],
      attributes: { about: 'steps until escape; some tiles were never written' },
    },
    { value: escape, missing: ([row, column]) => (row! * 7 + column! * 5) % 11 === 0 },
  ),
  {
    path: 'stations',
    documents: {
      '.zgroup': { zarr_format: 2 },
      '.zattrs': { about: 'a group of format 2 in the same store' },
    },
  },
  array2(
    'stations/name',
    {
      shape: [10],
      chunks: [4],
      dtype: '|O',
      fill: '',
      compressor: null,
      filters: [{ id: 'vlen-utf8' }],
      attributes: { _ARRAY_DIMENSIONS: ['station'] },
    },
    { value: ([i]) => STATIONS[i!]! },
  ),
  array2(
    'stations/visits',
    {
      shape: [10],
      chunks: [5],
      dtype: [
        ['day', '<M8[D]'],
        ['code', '|S4'],
        ['reading', '>f8'],
        ['good', '|b1'],
      ],
      fill: null,
      compressor: { id: 'zlib', level: 1 },
      attributes: { _ARRAY_DIMENSIONS: ['station'], note: 'records with four fields' },
    },
    {
      value: ([i]) => ({
        day: 19723n + BigInt(i! * 17),
        code: new TextEncoder().encode(`S${String(i! * 37).padStart(3, '0')}`),
        reading: Math.round(1e4 * Math.sin(i!)) / 100,
        good: i! % 3 !== 0,
      }),
    },
  ),
  array2(
    'stations/counts',
    {
      shape: [10, 24],
      chunks: [3, 12],
      dtype: '>i8',
      fill: 0,
      compressor: { id: 'blosc', cname: 'zstd', clevel: 5, shuffle: 1, blocksize: 0 },
      order: 'F',
      attributes: { _ARRAY_DIMENSIONS: ['station', 'hour'], note: 'big-endian, column-major, beyond 2^53' },
    },
    {
      value: ([s, h]) => 9007199254740993n + BigInt(s! * 1000 + h!),
      missing: ([s, h]) => s === 1 && h === 0,
    },
  ),
]
