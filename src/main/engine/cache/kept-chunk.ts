import type { DimSlice } from '@shared/selection/selection'
import type { BoxProjection, RunProjection } from '../chunks/projection'
import type { GridAxis } from '../chunks/grid'
import { chunkId, MAX_COPY_BYTES } from './cached-chunk'
import type { ChunkRequest } from './chunk-request'
import { copyOut } from './copy-out'
import type { Answers } from './read-chunks'
import { stampAtOnce } from './value-stamp'

/**
 * Answers a selection of slices within one chunk that is kept, as the chunk's file is now, without waiting for anything:
 * a cell that is looked at again costs little more than the look at the file. False where that is not so.
 */
export function answerAtOnce(request: ChunkRequest, bytes: number, { target, answer }: Answers): boolean {
  const { source, chunks, selection, options } = request
  const { cache } = options
  if (!cache || selection.kind !== 'basic' || bytes > MAX_COPY_BYTES) return false
  const projection = withinOneChunk(chunks.grid.axes, selection.dims)
  if (!projection) return false
  const { coords, inner } = chunks.place(projection.coords)
  const key = source.key(coords)
  const id = chunkId(request, key, inner)
  const chunk = cache.get(id, () => stampAtOnce(source.store, key))
  if (!chunk) return false
  copyOut(request, chunk, projection, target)
  answer({ projection, key, outcome: { state: 'stored' } })
  return true
}

/** Undefined where slices meet several chunks, or none. */
function withinOneChunk(axes: readonly GridAxis[], dims: readonly DimSlice[]): BoxProjection | undefined {
  const coords: number[] = []
  const runs: RunProjection[] = []
  for (const [k, { start, step, count }] of dims.entries()) {
    if (count === 0) return undefined
    const axis = axes[k]!
    const chunk = axis.chunkAt(start)
    if (axis.chunkAt(start + step * (count - 1)) !== chunk) return undefined
    coords.push(chunk)
    runs.push({ kind: 'run', start: start - axis.start(chunk), step, count, outStart: 0 })
  }
  return { kind: 'box', coords, dims: runs }
}
