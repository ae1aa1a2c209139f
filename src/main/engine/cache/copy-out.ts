import { fillProjection } from '../chunks/fill'
import { gatherVariable, type VariableItems } from '../chunks/gather-variable'
import type { ChunkProjection } from '../chunks/projection'
import { scatter } from '../chunks/scatter'
import { cOrderStrides } from '../chunks/whole-projection'
import { fillItem } from '../pool/fill-item'
import type { ReadTarget } from '../pool/operations'
import type { CachedChunk } from './chunk-cache'
import type { ChunkRequest } from './chunk-request'

/**
 * The items that `projection` names, out of a decoded chunk: those of fixed size to their places in `target`, those
 * that vary in length as the answer. Fill where there is no chunk.
 */
export function copyOut(
  { source, chunks }: ChunkRequest,
  cached: CachedChunk | undefined,
  projection: ChunkProjection,
  target: ReadTarget | undefined,
): VariableItems | undefined {
  if (!cached) {
    if (target) fillProjection(projection, outputOf(target), fillItem(source))
    return undefined
  }
  const { data, offsets } = cached
  const shape = chunks.shapeOf(projection.coords)
  const chunk = { dtype: source.dtype, bigEndian: false, shape, strides: cOrderStrides(shape), data }
  if (offsets) return gatherVariable({ ...chunk, offsets }, projection)
  if (target) scatter(chunk, projection, outputOf(target))
  return undefined
}

const outputOf = ({ buffer, byteOffset, strides }: ReadTarget) => ({
  bytes: new Uint8Array(buffer, byteOffset),
  strides,
})
