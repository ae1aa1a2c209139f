/** An invented store for the fake host: realistic groups and arrays, long names, one of every kind of trouble. */
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { ArrayDetail, CodecInfo, NodeDetail, NodeSummary } from '@shared/model/node'

export interface FakeNode {
  detail: NodeDetail
  children: string[]
  /** Share of chunks that are stored. */
  filled: number
  /** Raw over stored, about. */
  ratio: number
  /** Reading it fails with this sentence. */
  fails?: string
}

export type FakeStore = Map<string, FakeNode>

const ZSTD: CodecInfo[] = [
  { name: 'bytes', configuration: '{"endian":"little"}', stage: 'array-bytes' },
  { name: 'zstd', configuration: '{"level":3,"checksum":false}', stage: 'bytes-bytes' },
]
const BLOSC: CodecInfo[] = [
  { name: 'delta', configuration: '{"dtype":"<i2"}', stage: 'array-array' },
  { name: 'bytes', configuration: '{"endian":"little"}', stage: 'array-bytes' },
  {
    name: 'blosc',
    configuration: '{"cname":"lz4","clevel":5,"shuffle":"bitshuffle","typesize":2,"blocksize":0}',
    stage: 'bytes-bytes',
  },
]
const FLOAT32: DataTypeSpec = { kind: 'float', format: 'float32' }
const INT16: DataTypeSpec = { kind: 'int', bits: 16 }

interface ArrayOptions {
  dtype: DataTypeSpec
  dtypeName: string
  itemsize: number
  shape: number[]
  chunks: number[]
  shards?: number[]
  names?: (string | null)[]
  codecs?: CodecInfo[]
  attributes?: string
  filled?: number
  ratio?: number
  fill?: string
  unsupported?: string
}

class Builder {
  readonly store: FakeStore = new Map()

  group(path: string, attributes = '{}'): this {
    this.add(path, { kind: 'group', childCount: 0 }, attributes, {})
    return this
  }

  array(path: string, options: ArrayOptions): this {
    const { shape, chunks, dtypeName, itemsize, names = null, codecs = ZSTD, unsupported } = options
    const gridShape = shape.map((n, i) => Math.ceil(n / (chunks[i] ?? 1)))
    const array: ArrayDetail = {
      shape,
      chunks,
      shards: options.shards ?? null,
      gridShape,
      dtype: unsupported === undefined ? options.dtype : null,
      dtypeName,
      byteOrder: itemsize === 1 ? 'not applicable' : 'little',
      order: 'C',
      fillValueJson: options.fill ?? '0',
      dimensionNames: names,
      codecs,
      keyEncoding: 'default, separator "/"',
      nbytes: shape.reduce((a, b) => a * b, 1) * itemsize,
      nchunks: gridShape.reduce((a, b) => a * b, 1),
      readable: unsupported === undefined,
      ...(unsupported === undefined ? {} : { reason: unsupported }),
      summaryHead: head(dtypeName, shape, chunks, options.shards),
    }
    const summary = { kind: 'array', dtype: dtypeName, shape, chunks } as const
    this.add(
      path,
      unsupported === undefined ? summary : { ...summary, unsupported },
      options.attributes ?? '{}',
      { array },
    )
    const node = this.store.get(path)
    if (node) Object.assign(node, { filled: options.filled ?? 1, ratio: options.ratio ?? 3 })
    return this
  }

  broken(path: string, problem: string): this {
    this.add(path, { kind: 'group', problem }, '{}', {})
    const node = this.store.get(path)
    if (node) node.fails = problem
    return this
  }

  private add(
    path: string,
    summary: Partial<NodeSummary> & Pick<NodeSummary, 'kind'>,
    attributesJson: string,
    rest: { array?: ArrayDetail },
  ): void {
    const name = path.split('/').at(-1) ?? ''
    const attributeKeys = [...attributesJson.matchAll(/^ {2}"([^"]+)":/gm)].map((m) => m[1] ?? '')
    const document = JSON.stringify(
      { zarr_format: 3, node_type: summary.kind, shape: summary.shape },
      null,
      2,
    )
    const detail: NodeDetail = {
      path,
      name,
      zarrFormat: 3,
      attributeKeys,
      ...summary,
      formats: [3],
      attributesJson,
      documents: [{ key: path === '' ? 'zarr.json' : `${path}/zarr.json`, text: document }],
      ...rest,
    }
    this.store.set(path, { detail, children: [], filled: 1, ratio: 3 })
    if (path === '') return
    const parent = this.store.get(path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '')
    if (!parent) return
    parent.children.push(path)
    parent.detail.childCount = parent.children.length
  }
}

/** A climate store; with `many`, one group of that many arrays besides. */
export function fakeStore(many: number): FakeStore {
  const builder = new Builder()
    .group(
      '',
      '{\n  "Conventions": "CF-1.10",\n  "title": "Reanalysis, sample of three variables",\n  "history": "https://example.org/history?id=17"\n}',
    )
    .group('forecast', '{\n  "institution": "Example centre"\n}')
    .array('forecast/u10', {
      dtype: INT16,
      dtypeName: 'int16',
      itemsize: 2,
      shape: [240, 721, 1440],
      chunks: [24, 103, 180],
      shards: [240, 721, 360],
      names: ['time', 'lat', 'lon'],
      codecs: BLOSC,
      filled: 0.83,
      ratio: 5.9,
      fill: '-32768',
      attributes: U10,
    })
    .array('forecast/v10', {
      dtype: INT16,
      dtypeName: 'int16',
      itemsize: 2,
      shape: [240, 721, 1440],
      chunks: [24, 103, 180],
      names: ['time', 'lat', 'lon'],
      codecs: BLOSC,
      filled: 1,
      ratio: 5.7,
    })
    .group('obs')
    .array('obs/temperature', {
      dtype: FLOAT32,
      dtypeName: 'float32',
      itemsize: 4,
      shape: [365, 721, 1440],
      chunks: [1, 721, 1440],
      names: ['time', 'lat', 'lon'],
      filled: 0.93,
      ratio: 3.4,
      fill: 'NaN',
      attributes: TEMPERATURE,
    })
    .array('obs/precipitation', {
      dtype: FLOAT32,
      dtypeName: 'float32',
      itemsize: 4,
      shape: [365, 721, 1440],
      chunks: [10, 91, 180],
      names: ['time', 'lat', 'lon'],
      filled: 0.61,
      ratio: 11,
    })
    .array('obs/time', {
      dtype: { kind: 'int', bits: 64 },
      dtypeName: 'int64',
      itemsize: 8,
      shape: [365],
      chunks: [365],
      names: ['time'],
      attributes: '{\n  "units": "days since 2024-01-01",\n  "calendar": "proleptic_gregorian"\n}',
    })
    .array('obs/station_identifier_with_a_very_long_name_that_does_not_fit_the_panel', {
      dtype: { kind: 'text', length: 12 },
      dtypeName: '<U12',
      itemsize: 48,
      shape: [12000],
      chunks: [500],
      filled: 0.5,
      ratio: 9,
    })
    .array('obs/satellite', {
      dtype: FLOAT32,
      dtypeName: 'float32',
      itemsize: 4,
      shape: [100, 100],
      chunks: [10, 10],
      codecs: [
        { name: 'bytes', configuration: '{"endian":"little"}', stage: 'array-bytes' },
        { name: 'jetraw', configuration: '{"level":1}', stage: 'unknown' },
      ],
      unsupported: 'The codec "jetraw" cannot be used: this version does not know it.',
    })
    .array('checkerboard', {
      dtype: { kind: 'int', bits: 32 },
      dtypeName: 'int32',
      itemsize: 4,
      shape: [10000, 10000],
      chunks: [1000, 1000],
      filled: 0.5,
      ratio: 170,
    })
    .array('million', {
      dtype: { kind: 'uint', bits: 8 },
      dtypeName: 'uint8',
      itemsize: 1,
      shape: [100_000, 100_000],
      chunks: [100, 100],
      filled: 0.4,
      ratio: 2,
    })
    .array('series', {
      dtype: { kind: 'float', format: 'float64' },
      dtypeName: 'float64',
      itemsize: 8,
      shape: [1_200_000],
      chunks: [1000],
      filled: 0.7,
      ratio: 1.6,
    })
    .array('scalar', {
      dtype: { kind: 'float', format: 'float64' },
      dtypeName: 'float64',
      itemsize: 8,
      shape: [],
      chunks: [],
    })
    .array('empty', {
      dtype: { kind: 'float', format: 'float64' },
      dtypeName: 'float64',
      itemsize: 8,
      shape: [0, 10],
      chunks: [1, 10],
    })
    .group('empty_group')
    .broken('broken', 'broken/zarr.json: line 3, column 12: a comma or a closing brace is missing.')
    .group('tests\u202egpj', '{}')
  if (many > 0) {
    builder.group('many')
    for (let i = 0; i < many; i++)
      builder.array(`many/array_${String(i).padStart(5, '0')}`, {
        dtype: FLOAT32,
        dtypeName: 'float32',
        itemsize: 4,
        shape: [i + 1, 64],
        chunks: [64, 64],
      })
  }
  return builder.store
}

function head(dtype: string, shape: number[], chunks: number[], shards: number[] | undefined): string {
  const tuple = (list: number[]): string => (list.length === 1 ? `(${list[0]},)` : `(${list.join(', ')})`)
  const sharded = shards ? `, shards=${tuple(shards)}` : ''
  return `zarr.core.Array(${tuple(shape)}, ${dtype}, chunks=${tuple(chunks)}${sharded}, order=C)`
}

const TEMPERATURE = `{
  "_ARRAY_DIMENSIONS": ["time", "lat", "lon"],
  "standard_name": "air_temperature",
  "units": "K",
  "valid_range": [180.0, 330.0],
  "_FillValue": NaN,
  "scale_factor": 1.0,
  "count": 12345678901234567890,
  "reviewed": true,
  "source": "https://example.org/datasets/reanalysis/temperature?version=5.1&subset=global",
  "comment": "Two metre temperature. ${'A long remark that does not fit into one line of the table. '.repeat(4)}",
  "provenance": {"steps": [{"tool": "regrid", "grid": [721, 1440]}, {"tool": "rechunk"}], "by": "someone"}
}`
const U10 = `{
  "_ARRAY_DIMENSIONS": ["time", "lat", "lon"],
  "units": "m s-1",
  "scale_factor": 0.00150,
  "add_offset": 0.5
}`
