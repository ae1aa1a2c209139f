import type { BlockPart } from '@shared/model/block'
import type { OutputLayout } from '../chunks/project'
import type { ChunkProjection, DimProjection, RunProjection } from '../chunks/projection'

type Box = Pick<BlockPart, 'start' | 'shape'>
/** Neighbouring places along one dimension of the result. */
interface Stretch {
  start: number
  length: number
}

/** The boxes of the result that a chunk fills; several where its places do not lie together. */
export function partBoxes(projection: ChunkProjection, layout: OutputLayout): Box[] {
  if (projection.kind === 'points') return pointBoxes(projection.out, layout.shape)
  const kept = projection.dims.filter((_, k) => layout.strides[k] !== 0)
  if (areRuns(kept)) return [{ start: kept.map((dim) => dim.outStart), shape: kept.map((dim) => dim.count) }]
  let boxes: Stretch[][] = [[]]
  for (const dim of kept)
    boxes = boxes.flatMap((box) => dimStretches(dim).map((stretch) => [...box, stretch]))
  return boxes.map((box) => ({ start: box.map((s) => s.start), shape: box.map((s) => s.length) }))
}

/** As a chunk's share of slices is: its places lie together. */
const areRuns = (dims: readonly DimProjection[]): dims is RunProjection[] =>
  dims.every((dim) => dim.kind === 'run')

const dimStretches = (dim: DimProjection): Stretch[] =>
  dim.kind === 'run' ? [{ start: dim.outStart, length: dim.count }] : stretches(dim.out)

/** Points lie at C-order numbers of the result: boxes one row high, which end where a row does. */
function pointBoxes(places: Float64Array, shape: readonly number[]): Box[] {
  const row = shape.at(-1) ?? 1
  return stretches(places, row).map(({ start, length }) => {
    const index: number[] = shape.map(() => 0)
    let rest = start
    for (let k = shape.length - 1; k >= 0; k--) {
      index[k] = rest % shape[k]!
      rest = Math.floor(rest / shape[k]!)
    }
    return { start: index, shape: shape.map((_, k) => (k === shape.length - 1 ? length : 1)) }
  })
}

/** Runs of places that follow each other, cut at every multiple of `row`. */
function stretches(places: Float64Array, row = Infinity): Stretch[] {
  const found: Stretch[] = []
  for (const place of places) {
    const last = found.at(-1)
    if (last && last.start + last.length === place && place % row !== 0) last.length++
    else found.push({ start: place, length: 1 })
  }
  return found
}
