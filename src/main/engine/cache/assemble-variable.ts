import { LimitError } from '@shared/errors'
import { places, type VariableItems } from '../chunks/gather-variable'
import { projectionLoops } from '../chunks/projection-loops'
import type { OutputLayout } from '../chunks/project'
import type { ChunkProjection } from '../chunks/projection'
import { MAX_RESULT_BYTES, RESULT_BYTES } from '../pool/limits'

/** What one chunk gives: its items in the projection's order; absent where every item is the fill value. */
export interface VariablePart {
  projection: ChunkProjection
  items?: VariableItems
}

/** The items of all parts at their places in the result. Throws LimitError above `limit` bytes. */
export function assembleVariable(
  parts: readonly VariablePart[],
  layout: OutputLayout,
  fill: Uint8Array,
  limit = MAX_RESULT_BYTES,
): VariableItems {
  const offsets = new Uint32Array(layout.items + 1)
  for (const part of parts) {
    outputPlaces(part.projection, layout).forEach((place, i) => {
      offsets[place + 1] = part.items ? part.items.offsets[i + 1]! - part.items.offsets[i]! : fill.length
    })
  }
  let bytes = 0
  for (let i = 0; i < layout.items; i++) {
    bytes += offsets[i + 1]!
    if (bytes > limit) throw new LimitError(RESULT_BYTES, 'larger', limit)
    offsets[i + 1] = bytes
  }
  const data = new Uint8Array(bytes)
  for (const part of parts) {
    const { items } = part
    outputPlaces(part.projection, layout).forEach((place, i) => {
      data.set(items ? items.data.subarray(items.offsets[i], items.offsets[i + 1]) : fill, offsets[place])
    })
  }
  return { data, offsets }
}

function outputPlaces(projection: ChunkProjection, layout: OutputLayout): Float64Array {
  const flat = { shape: projection.coords.map(() => 1), strides: projection.coords.map(() => 0) }
  const { loops, outputOffset } = projectionLoops(projection, flat, layout.strides, 1)
  return places(loops, outputOffset, 'to')
}
