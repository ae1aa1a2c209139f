import { SelectionError } from '@shared/errors'
import { itemSize } from '@shared/dtype/itemsize'
import { chunkGrid, type ChunkGrid } from '../chunks/grid'
import type { ZarrArray } from '../nodes/array'

/** The grid that people see: inner chunks of the first level, where there are shards. */
export function gridOf({ layout, metadata, grid }: ZarrArray): ChunkGrid {
  return layout.chunks ? chunkGrid({ kind: 'regular', shape: layout.chunks }, metadata.shape) : grid
}

/** Where a chunk of the grid that people see lies. */
export interface ShownChunk {
  coords: number[]
  /** Array index of its first item, its declared shape, and the shape of the part inside the array. */
  start: number[]
  declared: number[]
  inside: number[]
  /** Coordinates and store key of the stored chunk: itself, or its shard. */
  stored: number[]
  key: string
}

/** Throws SelectionError for coordinates outside the grid. */
export function shownChunk(
  array: ZarrArray,
  coords: readonly number[],
  { axes, gridShape }: ChunkGrid = gridOf(array),
): ShownChunk {
  if (coords.length !== gridShape.length || coords.some((c, k) => c >= gridShape[k]!))
    throw new SelectionError(
      `There is no chunk (${coords.join(', ')}); the grid is (${gridShape.join(', ')}).`,
    )
  const start = coords.map((c, k) => axes[k]!.start(c))
  const declared = coords.map((c, k) => axes[k]!.size(c))
  const inside = declared.map((size, k) => Math.min(size, axes[k]!.length - start[k]!))
  const stored = start.map((index, k) => array.grid.axes[k]!.chunkAt(index))
  return { coords: [...coords], start, declared, inside, stored, key: array.chunkKey(stored) }
}

/** Bytes of all items of a chunk of `gridOf` once decoded, also beyond the array's edge; null where items vary in length. */
export function rawBytesOf(array: ZarrArray): (coords: ArrayLike<number>) => number | null {
  const { dtype } = array.metadata
  const size = dtype && itemSize(dtype)
  if (size === null) return () => null
  const { grid: spec } = array.metadata
  const equal = array.layout.chunks ?? (spec.kind === 'regular' ? spec.shape : undefined)
  if (equal) {
    const bytes = equal.reduce((n, length) => n * length, size)
    return () => bytes
  }
  const { axes } = array.grid
  return (coords) => axes.reduce((n, axis, k) => n * axis.size(coords[k]!), size)
}
