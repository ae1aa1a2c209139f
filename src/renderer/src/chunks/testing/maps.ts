import type { ChunkMap } from '@shared/model/chunk-map'
import type { ArrayDetail } from '@shared/model/node'

export const array: ArrayDetail = {
  shape: [365, 721, 1440],
  chunks: [30, 100, 200],
  shards: null,
  gridShape: [13, 8, 8],
  dtype: { kind: 'float', format: 'float32' },
  dtypeName: 'float32',
  byteOrder: 'little',
  order: 'C',
  fillValueJson: 'NaN',
  dimensionNames: ['time', 'lat', null],
  codecs: [],
  keyEncoding: '/',
  nbytes: 365 * 721 * 1440 * 4,
  nchunks: 13 * 64,
  readable: true,
  summaryHead: '',
}

/** A map whose cells hold two chunks each. */
export function mapOf(
  rows: number,
  columns: number,
  initialized: number[],
  bytes: number[],
  bin = [1, 1],
): ChunkMap {
  return {
    gridShape: [],
    rows,
    columns,
    binRows: bin[0] ?? 1,
    binColumns: bin[1] ?? 1,
    initialized: Float64Array.from(initialized),
    total: new Float64Array(rows * columns).fill(2),
    bytes: Float64Array.from(bytes),
    sum: { initialized: 0, nchunks: 0, nbytesStored: 0, checked: 0, fillOnly: 0, corrupt: 0, edited: 0 },
    done: true,
  }
}
