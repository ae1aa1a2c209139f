import { projectionLoops, type ChunkLayout } from './projection-loops'
import type { ChunkProjection } from './projection'
import { wholeItem, type OutputItems } from './scatter'
import { copyStrided, type Loop } from './strided-copy'

/**
 * The reverse of `scatter`, for writes: copies the canonical items of `input` that `projection` names into a canonical
 * chunk laid out as `chunk` says. Where several items go to one place, the last in the selection's order stays.
 * Fixed-size items only. Throws RangeError where the projection reaches beyond either side.
 */
export function gather(
  input: OutputItems,
  projection: ChunkProjection,
  chunk: ChunkLayout & { data: Uint8Array },
  itemsize: number,
): void {
  const { loops, chunkOffset, outputOffset } = projectionLoops(projection, chunk, input.strides, itemsize)
  const copyRows = input.copiers?.in(chunk.data)
  for (const { unit, count } of wholeItem(itemsize)) {
    copyStrided(input.bytes, chunk.data, {
      loops: [...loops.map(turned), { count, from: unit, to: unit }],
      fromOffset: outputOffset,
      toOffset: chunkOffset,
      unit,
      swap: false,
      copyRows,
    })
  }
}

const turned = (loop: Loop): Loop =>
  'count' in loop ? { count: loop.count, from: loop.to, to: loop.from } : { from: loop.to, to: loop.from }
