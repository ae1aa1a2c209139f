import type { ChunkProblem } from '@shared/model/chunk-map'
import type { ZarrArray } from '../nodes/array'
import type { ArrayScan } from './array-scan'
import { gridOf } from './shown-grid'

const MOST = 1000

/** The shards of a scan whose index cannot be read, each by its first inner chunk. */
export function unreadableShards(array: ZarrArray, { unreadable }: ArrayScan): ChunkProblem[] {
  if (unreadable.length === 0) return []
  const shown = gridOf(array)
  return unreadable.slice(0, MOST).map(({ coords, why }) => ({
    coords: coords.map((c, k) => shown.axes[k]!.chunkAt(array.grid.axes[k]!.start(c))),
    key: array.chunkKey(coords),
    message: why,
  }))
}
