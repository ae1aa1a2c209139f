import type { DataTypeSpec } from '@shared/dtype/spec'
import type { DimIndices, DimSlice } from '@shared/selection/selection'
import { parseChunkKey } from '../../chunks/keys'
import { ZarrArray } from '../array'
import { asSelection } from '../slabs'
import type { Items } from '../writing/cast-items'

export interface ItemReadOptions {
  signal?: AbortSignal | undefined
  /** Where fixed-size items may go; a source that cannot use it makes its own memory. */
  out?: { buffer: SharedArrayBuffer; byteOffset: number } | undefined
  /** Items that vary in length and come to more may be refused with a LimitError about RESULT_BYTES. */
  maxBytes?: number
}

/** Part of an array: first item and lengths, per dimension. */
export interface Region {
  start: number[]
  shape: number[]
}

/** Anything that items are copied from: an array, a dataset of another file format, a file. Read in parts only. */
export interface ItemSource {
  readonly shape: readonly number[]
  readonly dtype: DataTypeSpec
  /** Pieces that are read as a whole; null where any part costs the same. */
  readonly chunks: readonly number[] | null
  /** Canonical items of a box, C order over the counts of `dims`. */
  read(dims: (DimSlice | DimIndices)[], options?: ItemReadOptions): Promise<Items>
  /**
   * The regions that hold anything but the fill value, where that can be told without reading; absent where all must be
   * looked at.
   */
  stored?(signal: AbortSignal | undefined): AsyncIterable<Region>
}

/** The items of an array. Chunks that cannot be read are an error. */
export function arrayItems(array: ZarrArray): ItemSource {
  const { grid, layout, dtype, shape } = array
  return {
    shape,
    dtype,
    chunks: layout.chunks,
    read: (dims, { signal, out, maxBytes } = {}) =>
      array.readAll(asSelection(dims), {
        lane: 'background',
        ...(signal && { signal }),
        ...(out && { out }),
        ...(maxBytes !== undefined && { maxBytes }),
      }),
    async *stored(signal) {
      const skip = array.path === '' ? 0 : array.path.length + 1
      for await (const batch of array.store.scan(array.path, signal ? { signal } : {}))
        for (const { key } of batch) {
          const coords = parseChunkKey(array.metadata.keyEncoding, key.slice(skip), shape.length)
          if (!coords || coords.some((c, k) => c >= grid.gridShape[k]!)) continue
          yield {
            start: coords.map((c, k) => grid.axes[k]!.start(c)),
            shape: coords.map((c, k) => grid.axes[k]!.size(c)),
          }
        }
    },
  }
}

/** The same array without the cache that its chunks were read into before. */
export const uncached = ({ store, path, metadata, origin, context }: ZarrArray): ZarrArray =>
  new ZarrArray(store, path, metadata, origin, { executor: context.executor })
