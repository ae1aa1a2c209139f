import { LimitError } from '@shared/errors'
import { projectionLoops, type ChunkLayout } from './projection-loops'
import type { ChunkProjection } from './projection'
import type { Loop } from './strided-copy'

/** Items of varying length: item i is data[offsets[i]..offsets[i + 1]]. */
export interface VariableItems {
  data: Uint8Array
  offsets: Uint32Array
}

/** Bytes that offsets of 32 bits can number. */
const MAX_BYTES = 2 ** 32 - 1

/** The items of a chunk that a projection names, copied together in the projection's order (C order over its dims). */
export function gatherVariable(
  chunk: ChunkLayout & VariableItems,
  projection: ChunkProjection,
): VariableItems {
  const { loops, chunkOffset } = projectionLoops(
    projection,
    chunk,
    projection.coords.map(() => 0),
    1,
  )
  return pickVariable(chunk, places(loops, chunkOffset))
}

/** The items with the given numbers, in the order given, copied together. */
export function pickVariable({ data, offsets }: VariableItems, numbers: Float64Array): VariableItems {
  const picked = new Uint32Array(numbers.length + 1)
  let end = 0
  numbers.forEach((number, i) => {
    end += offsets[number + 1]! - offsets[number]!
    if (end > MAX_BYTES) throw new LimitError('The size of the selected items, in bytes,', end, MAX_BYTES)
    picked[i + 1] = end
  })
  const bytes = new Uint8Array(end)
  numbers.forEach((number, i) => bytes.set(data.subarray(offsets[number], offsets[number + 1]), picked[i]))
  return { data: bytes, offsets: picked }
}

/** Every combination of the loops' steps on the chunk's side, the last loop turning fastest. */
export function places(loops: readonly Loop[], first: number, side: 'from' | 'to' = 'from'): Float64Array {
  let all = Float64Array.of(first)
  for (const loop of loops) {
    const moves = loop[side]
    const steps = 'count' in loop ? loop.count : loop.from.length
    const next = new Float64Array(all.length * steps)
    all.forEach((place, i) => {
      for (let k = 0; k < steps; k++)
        next[i * steps + k] = place + (typeof moves === 'number' ? k * moves : moves[k]!)
    })
    all = next
  }
  return all
}
