/** Chunks of the fake store: which are there, how large they are; the same answers every time. */
import type { ChunkBytes, ChunkDetail, ChunkMap, ChunkSurvey } from '@shared/model/chunk-map'
import type { StorageCount } from '@shared/model/node'
import type { ValidInput } from '@shared/rpc/contract'
import type { FakeNode } from './store-builder'

/** A number from 0 to 1 that depends on the arguments only. */
function noise(a: number, b: number): number {
  const x = Math.sin(a * 127.1 + b * 311.7) * 43758.5453
  return x - Math.floor(x)
}

function arrayOf(node: FakeNode) {
  const { array } = node.detail
  if (!array) throw new Error('not an array')
  return array
}

const rawBytes = (node: FakeNode): number => {
  const { shape, chunks, nbytes } = arrayOf(node)
  const items = shape.reduce((a, b) => a * b, 1)
  return items > 0 ? chunks.reduce((a, b) => a * b, 1) * (nbytes / items) : 0
}

const isStored = (node: FakeNode, row: number, column: number): boolean =>
  node.detail.name === 'checkerboard'
    ? (row + column) % 2 === 0
    : node.filled >= 1 || noise(Math.floor(row / 3), Math.floor(column / 3)) < node.filled

const storedBytes = (node: FakeNode, row: number, column: number): number =>
  Math.max(1, Math.round((rawBytes(node) / node.ratio) * (0.6 + 0.8 * noise(row + 3, column + 7))))

export function fakeCount(node: FakeNode): StorageCount {
  const { nbytes, nchunks } = arrayOf(node)
  const initialized = Math.round(nchunks * node.filled)
  const mean = rawBytes(node) / node.ratio
  return {
    nbytes,
    nbytesStored: Math.round(initialized * mean) + 612,
    initialized,
    nchunks,
    files: initialized + 1,
    chunkBytes: initialized > 0 ? { min: mean * 0.6, max: mean * 1.4, mean } : null,
    sizes: null,
    largest: [],
    leastCompressible: [],
    done: true,
  }
}

export function fakeChunkMap(node: FakeNode, query: ValidInput<'array.chunkMap'>, part: number): ChunkMap {
  const { gridShape, shards, chunks } = arrayOf(node)
  const { rowAxis, columnAxis, fixed } = query
  const length = (dim: number | null): number => (dim === null ? 1 : (gridShape[dim] ?? 1))
  const window = query.window ?? { row: 0, column: 0, rows: length(rowAxis), columns: length(columnAxis) }
  const binRows = Math.max(1, Math.ceil(window.rows / query.maxRows))
  const binColumns = Math.max(1, Math.ceil(window.columns / query.maxColumns))
  const rows = Math.ceil(window.rows / binRows)
  const columns = Math.ceil(window.columns / binColumns)
  const depth = gridShape.reduce(
    (n, s, dim) => (dim === rowAxis || dim === columnAxis || fixed[dim] !== null ? n : n * s),
    1,
  )
  const cells = rows * columns
  const map: ChunkMap = {
    gridShape,
    rows,
    columns,
    binRows,
    binColumns,
    initialized: new Float64Array(cells),
    total: new Float64Array(cells),
    bytes: new Float64Array(cells),
    sum: {
      initialized: 0,
      nchunks: gridShape.reduce((a, b) => a * b, 1),
      nbytesStored: 0,
      checked: 0,
      fillOnly: 0,
      corrupt: 0,
      edited: 0,
    },
    done: part === 1,
    ...(query.window ? { origin: { row: window.row, column: window.column } } : {}),
  }
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const i = r * columns + c
      const total =
        Math.min(binRows, window.rows - r * binRows) *
        Math.min(binColumns, window.columns - c * binColumns) *
        depth
      const some =
        depth * binRows * binColumns > 1
          ? Math.round(total * Math.min(1, node.filled + 0.4 * (noise(r, c) - 0.5)))
          : total
      const initialized = isStored(node, r + window.row, c + window.column) && i / cells < part ? some : 0
      map.total[i] = total
      map.initialized[i] = initialized
      map.bytes[i] = initialized * storedBytes(node, r, c)
      map.sum.initialized += initialized
      map.sum.nbytesStored += map.bytes[i]
    }
  }
  if (shards) {
    const per = (dim: number | null): number => (dim === null ? 1 : (shards[dim] ?? 1) / (chunks[dim] ?? 1))
    map.shard = { rows: per(rowAxis), columns: per(columnAxis) }
  }
  return map
}

export function fakeChunk(node: FakeNode, coords: number[]): ChunkDetail {
  const { shape, chunks } = arrayOf(node)
  const start = coords.map((c, i) => c * (chunks[i] ?? 1))
  const [row = 0, column = 0] = coords
  const stored = isStored(node, row, column)
  const key = `${node.detail.path}/c/${coords.join('/')}`
  const base = {
    coords,
    key,
    start,
    shape: start.map((s, i) => Math.min(chunks[i] ?? 1, (shape[i] ?? 1) - s)),
    rawBytes: rawBytes(node),
    storedBytes: stored ? storedBytes(node, row, column) : 0,
    steps: stored
      ? [
          { name: 'items', bytes: rawBytes(node) },
          { name: 'bytes', bytes: rawBytes(node) },
          { name: 'blosc', bytes: storedBytes(node, row, column) },
        ]
      : [],
    checksums: [],
  }
  if (!stored) return { ...base, state: 'missing' }
  if (noise(row, column) > 0.9)
    return {
      ...base,
      state: 'error',
      error: `The chunk ${key} cannot be decoded: the frame ends after 1,204 of 4,153 bytes.`,
    }
  return {
    ...base,
    state: 'stored',
    modified: Date.UTC(2026, 2, 14, 9, 26, 53),
    statistics: {
      count: 1_038_240,
      min: '193.4375',
      max: '317.21875',
      mean: '278.4412',
      nans: 12,
      fillOnly: false,
    },
  }
}

/** Bytes that count upwards, as many as the chunk has. */
export function fakeChunkBytes(
  node: FakeNode,
  coords: number[],
  form: 'stored' | 'decoded',
  offset: number,
  length: number,
): ChunkBytes {
  const { rawBytes: raw, storedBytes: stored, state } = fakeChunk(node, coords)
  const total = state === 'missing' ? 0 : form === 'stored' ? stored : raw
  const count = Math.max(0, Math.min(length, total - offset))
  return { bytes: Uint8Array.from({ length: count }, (_, i) => (offset + i) % 251), total }
}

export function fakeSurvey(node: FakeNode, share: number): ChunkSurvey {
  const { initialized: total, nbytesStored } = fakeCount(node)
  const checked = Math.round(total * share)
  const fillOnly = Math.round(checked / 20)
  return {
    total,
    checked,
    fillOnly: { chunks: fillOnly, bytes: Math.round((fillOnly / Math.max(1, total)) * nbytesStored) },
    corrupt: { chunks: 0, bytes: 0 },
    problems: [],
    done: share === 1,
  }
}
