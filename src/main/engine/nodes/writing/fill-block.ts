import { itemSize } from '@shared/dtype/itemsize'
import { fillItem } from '../../pool/fill-item'
import type { ZarrArray } from '../array'
import type { ItemBlock } from './write-array'

/** One item of the fill value, zero where it is undefined, to be written to any selection. */
export function fillBlock({ metadata, dtype }: ZarrArray): ItemBlock {
  const fill =
    metadata.fill ?? (itemSize(dtype) === null ? new Uint8Array() : fillItem({ dtype, fill: null }))
  if (itemSize(dtype) !== null) return { data: fill, shape: [] }
  return { data: fill, offsets: Uint32Array.of(0, fill.length), shape: [] }
}
