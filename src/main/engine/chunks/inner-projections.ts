import type { DimIndices, DimSlice, Selection } from '@shared/selection/selection'
import { chunkGrid } from './grid'
import { project } from './project'
import type { ChunkProjection, DimProjection } from './projection'

/** What one inner chunk answers of a shard's share; `number` is its C-order number in the shard. */
export interface InnerProjection {
  number: number
  projection: ChunkProjection
}

/**
 * A projection on a chunk, cut along the inner chunks of `innerShape` that the chunk is made of. Places in the result
 * stay what they were; only inner chunks that hold a named item appear, each once.
 */
export function* innerProjections(
  projection: ChunkProjection,
  shape: readonly number[],
  innerShape: readonly number[],
): Generator<InnerProjection> {
  const grid = chunkGrid({ kind: 'regular', shape: [...innerShape] }, shape)
  for (const part of project(grid, asSelection(projection, shape))) {
    const number = part.coords.reduce((n, c, k) => n * grid.gridShape[k]! + c, 0)
    yield { number, projection: atPlacesOf(projection, part) }
  }
}

/** The named items as a selection of the chunk, whose result numbers them from 0. */
function asSelection(projection: ChunkProjection, shape: readonly number[]): Selection {
  if (projection.kind === 'box') return { kind: 'orthogonal', dims: projection.dims.map(asDim) }
  const indices = shape.map(() => new Float64Array(projection.chunk.length))
  projection.chunk.forEach((offset, i) => {
    for (let k = shape.length - 1; k >= 0; k--) {
      const rest = Math.floor(offset / shape[k]!)
      indices[k]![i] = offset - rest * shape[k]!
      offset = rest
    }
  })
  return { kind: 'points', indices, shape: [projection.chunk.length] }
}

const asDim = (dim: DimProjection): DimSlice | DimIndices =>
  dim.kind === 'run'
    ? { start: dim.start, step: dim.step, count: dim.count }
    : { indices: Float64Array.from(dim.chunk) }

/** The part with the places that its items have in the result of `whole`. */
function atPlacesOf(whole: ChunkProjection, part: ChunkProjection): ChunkProjection {
  if (whole.kind === 'points' && part.kind === 'points')
    return { ...part, out: part.out.map((i) => whole.out[i]!) }
  if (whole.kind !== 'box' || part.kind !== 'box') throw new TypeError('a part is of its whole’s kind')
  return { ...part, dims: part.dims.map((dim, k) => dimAtPlacesOf(whole.dims[k]!, dim)) }
}

function dimAtPlacesOf(whole: DimProjection, part: DimProjection): DimProjection {
  if (whole.kind === 'run' && part.kind === 'run')
    return { ...part, outStart: whole.outStart + part.outStart }
  if (whole.kind !== 'list' || part.kind !== 'list') throw new TypeError('a part is of its whole’s kind')
  return { ...part, out: part.out.map((i) => whole.out[i]!) }
}
