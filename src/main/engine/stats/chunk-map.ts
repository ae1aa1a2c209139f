import type { ChunkMap, ChunkMapQuery } from '@shared/model/chunk-map'
import type { ZarrArray } from '../nodes/array'
import type { ArrayScan } from './array-scan'
import { ChunkBins, type MapSize } from './chunk-bins'
import { editedChunks } from './edited-chunks'
import { MapColumns } from './map-columns'
import { ShardLayout } from './shard-layout'
import { followScan } from './shared-scan'
import { rawBytesOf } from './shown-grid'
import { throttled } from './throttled'
import { unreadableShards } from './unreadable-shards'

export interface ChunkMapOptions extends MapSize {
  signal?: AbortSignal | undefined
  /** Called now and then with the map as far as it is known; arrays are copies. */
  onProgress?: (map: ChunkMap) => void
}

/** A map goes out at most this often, and less often the larger it is. */
const INTERVAL_MS = 250
const CELLS_PER_MS = 1000

/**
 * Which chunks of an array are stored, and their bytes, seen along two axes of the chunk grid or along one in lines.
 * Cells stand for one chunk where the view has no more than `maxRows` × `maxColumns` chunks, for several otherwise;
 * counts are exact in both cases. `sum` is of the whole array: its chunks, and all bytes in its folder. The listing is
 * shared with whoever else wants to know, and kept until the store changes.
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
  const columns = new MapColumns(bins, query.measure, array.layout.chunks ? undefined : rawBytesOf(array))
  const total = bins.totals()
  const frame = {
    gridShape: [...gridShape],
    rows: bins.rows,
    columns: bins.columns,
    binRows: bins.binRows,
    binColumns: bins.binColumns,
    ...(query.window ? { origin: { row: bins.part.row, column: bins.part.column } } : {}),
    ...shardCells(ShardLayout.of(array), query, bins),
  }
  const result = (scan: ArrayScan, done: boolean): ChunkMap => ({
    ...frame,
    ...columns.cells(!done),
    total: done ? total : total.slice(),
    sum: { ...columns.sum(scan), nchunks: Number(nchunks) },
    ...(scan.unreadable.length > 0 ? { unreadable: unreadableShards(array, scan) } : {}),
    done,
  })
  const interval = INTERVAL_MS + bins.cells / CELLS_PER_MS
  const scan = await followScan(array, (found) => ({
    signal,
    take: (from, to) => columns.add(found, from, to),
    onBatch: throttled(() => onProgress?.(result(found, false)), interval),
  }))
  await scan.surveyed
  columns.addEdited(editedChunks(array))
  columns.addSurvey(scan)
  return result(scan, true)
}

/** Cells of a shard along rows and columns, as fractions where cells are bins; chunks in lines have none. */
function shardCells(
  layout: ShardLayout | undefined,
  { axes, wrap }: ChunkMapQuery,
  { binRows, binColumns }: ChunkBins,
): Pick<ChunkMap, 'shard'> {
  const chunks = layout?.chunksPerShard
  if (!chunks || wrap !== undefined) return {}
  const rows = axes.row === null ? 1 : chunks[axes.row]! / binRows
  const columns = axes.column === null ? 1 : chunks[axes.column]! / binColumns
  return { shard: { rows, columns } }
}
