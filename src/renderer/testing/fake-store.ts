/** An invented store for the fake host: realistic groups and arrays, long names, one of every kind of trouble. */
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { CodecInfo } from '@shared/model/node'
import { type FakeStore, StoreBuilder } from './store-builder'

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

/** A climate store; with `many`, one group of that many arrays besides. */
export function fakeStore(many: number): FakeStore {
  const builder = new StoreBuilder(ZSTD)
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
    .array('sixteen_million', {
      dtype: { kind: 'uint', bits: 8 },
      dtypeName: 'uint8',
      itemsize: 1,
      shape: [400_000, 400_000],
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
