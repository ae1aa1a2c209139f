import type { ChunkMap, ChunkMapQuery } from '@shared/model/chunk-map'
import type { ZarrArray } from '../nodes/array'
import { ChunkBins, type MapSize } from './chunk-bins'
import type { FolderSink } from './folder-sink'
import { listFolder } from './list-folder'
import { ShardLayout } from './shard-layout'
import { StoredShards } from './stored-shards'
import { throttled } from './throttled'

export interface ChunkMapOptions extends MapSize {
  signal?: AbortSignal | undefined
  /** Called now and then with the map as far as it is known; arrays are copies. */
  onProgress?: (map: ChunkMap) => void
}

/** A map goes out at most this often, and less often the larger it is. */
const INTERVAL_MS = 250
const CELLS_PER_MS = 1000

/**
 * Which chunks of an array are stored, and their bytes, seen along two axes of the chunk grid. Cells stand for one
 * chunk where the grid has no more than `maxRows` × `maxColumns` chunks there, for several otherwise; counts are exact
 * in both cases. `sum` is of the whole array: its chunks, and all bytes in its folder.
 *
 * Throws SelectionError for axes that the array does not have, IoError, AbortedError.
 */
export async function chunkMap(
  array: ZarrArray,
  query: ChunkMapQuery,
  { maxRows, maxColumns, signal, onProgress }: ChunkMapOptions,
): Promise<ChunkMap> {
  const { gridShape, nchunks } = array.layout
  const bins = new ChunkBins(gridShape, query, { maxRows, maxColumns })
  const total = bins.totals()
  const layout = ShardLayout.of(array)
  const shards = layout && new StoredShards(layout)
  const sum = { initialized: 0, nchunks: Number(nchunks), nbytesStored: 0 }

  const result = (done: boolean): ChunkMap => ({
    gridShape: [...gridShape],
    rows: bins.rows,
    columns: bins.columns,
    binRows: bins.binRows,
    binColumns: bins.binColumns,
    initialized: done ? bins.initialized : bins.initialized.slice(),
    total: done ? total : total.slice(),
    bytes: done ? bins.bytes : bins.bytes.slice(),
    sum: { ...sum },
    ...shardCells(layout, query, bins),
    done,
  })
  const interval = INTERVAL_MS + (bins.rows * bins.columns) / CELLS_PER_MS
  const onBatch = throttled(() => onProgress?.(result(false)), interval)
  const stored = (coords: Float64Array, size: number): void => {
    sum.initialized++
    bins.add(coords, size)
  }
  const sink: FolderSink = {
    chunk: (coords, size) => {
      sum.nbytesStored += size
      if (shards) shards.add(coords)
      else stored(coords, size)
    },
    other: (size) => {
      sum.nbytesStored += size
    },
  }
  await listFolder(array, sink, { signal, onBatch })
  await shards?.readAll((shard, index) => {
    if (index) shards.layout.eachStored(shard, index, stored)
    onBatch()
  }, signal)
  return result(true)
}

/** Cells of a shard along rows and columns, as fractions where cells are bins. */
function shardCells(
  layout: ShardLayout | undefined,
  { axes }: ChunkMapQuery,
  { binRows, binColumns }: ChunkBins,
): Pick<ChunkMap, 'shard'> {
  const chunks = layout?.chunksPerShard
  if (!chunks) return {}
  const rows = axes.row === null ? 1 : chunks[axes.row]! / binRows
  const columns = axes.column === null ? 1 : chunks[axes.column]! / binColumns
  return { shard: { rows, columns } }
}
