import type { BoxProjection, ChunkProjection, RunProjection } from './projection'
import type { ChunkLayout } from './projection-loops'

/** A projection of neighbouring items: a box without steps or lists. */
export interface PlainBox extends BoxProjection {
  dims: RunProjection[]
}

export const isPlainBox = (projection: ChunkProjection): projection is PlainBox =>
  projection.kind === 'box' && projection.dims.every((dim) => dim.kind === 'run' && dim.step === 1)

/**
 * What a projection names among the items `first` up to `end` of a packed chunk, in the chunk's own order, as
 * projections that each name a box: the whole rows in the middle, and the beginnings and ends of rows on either side.
 */
export function stretchProjections(
  projection: PlainBox,
  { shape, strides }: ChunkLayout,
  first: number,
  end: number,
): PlainBox[] {
  const outward = strides.map((_, k) => k).filter((k) => shape[k]! > 1)
  outward.sort((a, b) => strides[b]! - strides[a]!)
  const found: PlainBox[] = []
  const take = (dims: RunProjection[], depth: number, from: number, to: number): void => {
    if (from >= to) return
    const k = outward[depth]
    if (k === undefined) {
      found.push({ ...projection, dims })
      return
    }
    const stride = strides[k]!
    const narrowed = (low: number, high: number): RunProjection[] | undefined => {
      const run = clipped(dims[k]!, low, high)
      return run && dims.with(k, run)
    }
    const [firstWhole, lastWhole] = [Math.ceil(from / stride), Math.floor(to / stride)]
    if (firstWhole > lastWhole) {
      // Both ends lie in the same row.
      const row = narrowed(lastWhole, lastWhole + 1)
      if (row) take(row, depth + 1, from - lastWhole * stride, to - lastWhole * stride)
      return
    }
    const head = from % stride > 0 ? narrowed(firstWhole - 1, firstWhole) : undefined
    if (head) take(head, depth + 1, from - (firstWhole - 1) * stride, stride)
    const whole = firstWhole < lastWhole ? narrowed(firstWhole, lastWhole) : undefined
    if (whole) found.push({ ...projection, dims: whole })
    const tail = to % stride > 0 ? narrowed(lastWhole, lastWhole + 1) : undefined
    if (tail) take(tail, depth + 1, 0, to - lastWhole * stride)
  }
  take(projection.dims, 0, first, end)
  return found
}

/** The part of a run whose indices lie in low..high - 1. */
function clipped(run: RunProjection, low: number, high: number): RunProjection | undefined {
  const start = Math.max(run.start, low)
  const count = Math.min(run.start + run.count, high) - start
  return count > 0 ? { ...run, start, count, outStart: run.outStart + start - run.start } : undefined
}
