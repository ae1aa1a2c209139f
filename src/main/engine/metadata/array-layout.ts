import { chunkCount, chunkGrid } from '../chunks/grid'
import type { ArrayMetadata } from './array-metadata'
import { shardLevels } from './shard-levels'

/** How an array is cut up, as zarr-python reports it. */
export interface ArrayLayout {
  /** Shape of a chunk; of the first level of inner chunks where there are shards; null for rectilinear grids without. */
  chunks: number[] | null
  /** Shape of a shard; null without shards, and where shards differ in shape. */
  shards: number[] | null
  /** Chunk lengths per dimension of a rectilinear grid (of its shards, where sharded), as declared. */
  chunkEdges: number[][] | null
  /** Chunks (inner chunks) per dimension that hold at least one item of the array. */
  gridShape: number[]
  nchunks: bigint
}

/** Chunks, shards and their counts. */
export function arrayLayout(array: Pick<ArrayMetadata, 'shape' | 'grid' | 'codecs'>): ArrayLayout {
  const { shape, grid } = array
  const stored = chunkGrid(grid, shape)
  const inner = shardLevels(array)[0]
  const fits = inner?.length === shape.length
  const counted = fits ? chunkGrid({ kind: 'regular', shape: inner }, shape) : stored
  const regular = grid.kind === 'regular' ? grid.shape : null
  return {
    chunks: fits ? inner : regular,
    shards: fits ? regular : null,
    chunkEdges:
      grid.kind === 'rectilinear' ? grid.edges.map((edges, k) => edges.slice(0, stored.gridShape[k])) : null,
    gridShape: [...counted.gridShape],
    nchunks: chunkCount(counted),
  }
}
