import type { VariableItems } from './gather-variable'
import { places } from './gather-variable'
import { projectionLoops, type ChunkLayout } from './projection-loops'
import type { ChunkProjection } from './projection'

/** Items of varying length to write; strides count items, one per dimension of the array (points: one number). */
export interface VariableInput extends VariableItems {
  strides: readonly number[]
}

/**
 * The chunk with the items that `projection` names replaced by those of `input`; the last one where several go to one
 * place. The result is new, in the order that `layout` describes.
 */
export function replaceVariable(
  chunk: VariableItems,
  layout: ChunkLayout,
  projection: ChunkProjection,
  input: VariableInput,
): VariableItems {
  const { loops, chunkOffset, outputOffset } = projectionLoops(projection, layout, input.strides, 1)
  const count = chunk.offsets.length - 1
  const replacement = new Float64Array(count).fill(-1)
  const from = places(loops, outputOffset, 'to')
  places(loops, chunkOffset).forEach((place, i) => (replacement[place] = from[i]!))
  const item = (place: number): Uint8Array => {
    const number = replacement[place]!
    const { data, offsets } = number < 0 ? chunk : input
    const at = number < 0 ? place : number
    return data.subarray(offsets[at], offsets[at + 1])
  }
  const offsets = new Uint32Array(count + 1)
  for (let i = 0; i < count; i++) offsets[i + 1] = offsets[i]! + item(i).length
  const data = new Uint8Array(offsets[count]!)
  for (let i = 0; i < count; i++) data.set(item(i), offsets[i])
  return { data, offsets }
}
