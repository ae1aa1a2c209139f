import { UsageError } from '@shared/errors'
import { itemSize } from '@shared/dtype/itemsize'
import type { ChunkCandidate, ChunkRow, PatternCost } from '@shared/model/trials'
import { product } from '@shared/selection/counts'
import type { ZarrArray } from '../nodes/array'
import { gridOf } from '../stats/shown-grid'
import type { AxisChunks } from './axis-cost'
import { patternCost, type BoundPattern } from './patterns'

/** Bytes of a shard index per inner chunk, and of its checksum. */
const INDEX_ENTRY = 16
const INDEX_CHECKSUM = 4
/** What an item of varying length is taken for. */
const VARIABLE_ITEM = 16

export interface Layout {
  chunks: number[]
  shards: number[] | null
}

/**
 * A candidate's lengths as numbers: null is the whole dimension, a short list is completed with whole dimensions.
 * Throws UsageError for what no array can have.
 */
export function resolveLayout(shape: readonly number[], candidate: ChunkCandidate): Layout {
  const chunks = lengths(shape, candidate.chunks, 'chunk')
  if (!candidate.shards) return { chunks, shards: null }
  const shards = lengths(shape, candidate.shards, 'shard').map((length, k) =>
    // The whole dimension, in whole chunks.
    (candidate.shards![k] ?? null) === null ? Math.ceil(length / chunks[k]!) * chunks[k]! : length,
  )
  shards.forEach((length, k) => {
    if (length % chunks[k]! !== 0)
      throw new UsageError(
        `The shard length ${length} of dimension ${k} is no multiple of the chunk length ${chunks[k]!}.`,
      )
  })
  return { chunks, shards }
}

function lengths(shape: readonly number[], asked: readonly (number | null)[], what: string): number[] {
  if (asked.length > shape.length)
    throw new UsageError(
      `${asked.length} ${what} lengths do not fit an array of ${shape.length} dimension${shape.length === 1 ? '' : 's'}.`,
    )
  return shape.map((length, k) => {
    const size = asked[k] ?? null
    if (size === null) return Math.max(1, length)
    if (!Number.isSafeInteger(size) || size < 1)
      throw new UsageError(
        `The ${what} length of dimension ${k} must be a whole number from 1 up, not ${size}.`,
      )
    return size
  })
}

export const isVariable = ({ metadata }: ZarrArray): boolean =>
  metadata.dtype !== null && itemSize(metadata.dtype) === null

export const itemBytes = ({ metadata }: ZarrArray): number =>
  (metadata.dtype && itemSize(metadata.dtype)) ?? VARIABLE_ITEM

/** What a layout costs by arithmetic; `ratio` turns decoded bytes into stored ones. */
export function layoutRow(
  array: ZarrArray,
  layout: Layout,
  patterns: readonly BoundPattern[],
  ratio: number,
): ChunkRow {
  return costRow(array, { ...layout, axes: layout.chunks, shardAxes: layout.shards }, patterns, ratio)
}

/** The layout that the array has, also where its chunks differ in size. */
export function presentRow(array: ZarrArray, patterns: readonly BoundPattern[], ratio: number): ChunkRow {
  const { layout } = array
  const grid = gridOf(array)
  const chunks = layout.chunks ?? grid.axes.map((axis) => (axis.chunks > 0 ? axis.size(0) : 1))
  const sharded =
    layout.chunks !== null && (layout.shards !== null || array.metadata.grid.kind === 'rectilinear')
  const row = costRow(
    array,
    {
      chunks,
      shards: layout.shards,
      axes: layout.chunks ?? grid.axes,
      shardAxes: layout.shards ?? (sharded ? array.grid.axes : null),
    },
    patterns,
    ratio,
  )
  if (layout.chunks !== null) return { ...row, present: true }
  const items = product(array.shape)
  const chunkBytes = (items * itemBytes(array)) / Math.max(1, row.files)
  return { ...row, present: true, varied: true, chunkBytes }
}

interface Costed extends Layout {
  axes: readonly AxisChunks[]
  shardAxes: readonly AxisChunks[] | null
}

function costRow(
  array: ZarrArray,
  { chunks, shards, axes, shardAxes }: Costed,
  patterns: readonly BoundPattern[],
  ratio: number,
): ChunkRow {
  const { shape } = array
  const item = itemBytes(array)
  const chunkBytes = chunks.reduce((n, length) => n * length, item)
  const perShard = shards ? shards.reduce((n, length, k) => n * (length / chunks[k]!), 1) : 1
  const indexBytes = shardAxes ? perShard * INDEX_ENTRY + INDEX_CHECKSUM : 0
  const costs = patterns.map((pattern): PatternCost => {
    const { touched, items, wanted } = patternCost(pattern, shape, axes)
    const filesTouched = shardAxes ? patternCost(pattern, shape, shardAxes).touched : touched
    return {
      name: pattern.name,
      weight: pattern.weight,
      touched,
      filesTouched,
      rawBytes: items * item,
      wantedBytes: wanted * item,
      amplification: wanted === 0 ? 0 : items / wanted,
      bytesRead: (items * item) / ratio + filesTouched * indexBytes,
    }
  })
  const total = costs.reduce((sum, { weight }) => sum + weight, 0) || 1
  const mean = (of: (cost: PatternCost) => number): number =>
    costs.reduce((sum, cost) => sum + of(cost) * cost.weight, 0) / total
  return {
    chunks,
    shards,
    touched: mean((cost) => cost.touched),
    bytesRead: mean((cost) => cost.bytesRead),
    rawBytes: mean((cost) => cost.rawBytes),
    amplification: mean((cost) => cost.amplification),
    files: (shardAxes ?? axes).reduce<number>((n, axis, k) => n * chunksAlong(axis, shape[k]!), 1),
    chunkBytes,
    estimated: true,
    present: false,
    patterns: costs,
  }
}

const chunksAlong = (axis: AxisChunks, length: number): number =>
  typeof axis === 'number' ? Math.ceil(length / axis) : axis.chunks
