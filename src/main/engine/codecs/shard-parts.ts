import { itemSize } from '@shared/dtype/itemsize'
import { ChunkCorruptError } from '@shared/errors'
import { fillOutput } from '@engine/chunks/fill'
import { packed } from './bytes'
import type { ChunkSpec } from './codec'
import { corrupt } from './corrupt'
import type { DecodedChunk } from './decoded-chunk'
import { canonical, copyChunk, cStrides, itemOrder, product } from './layout'
import { joinItems } from './vlen'

/** A shard while it is put together from inner chunks; places without one hold the fill value. */
export interface ShardBuilder {
  /** Takes the inner chunk whose first item is item `first` of the shard; its bytes are copied. */
  put(chunk: DecodedChunk, first: number): void
  finish(): DecodedChunk
}

export function shardBuilder(shard: ChunkSpec): ShardBuilder {
  const itemsize = itemSize(shard.dtype)
  return itemsize === null ? variableBuilder(shard) : fixedBuilder(shard, itemsize)
}

function fixedBuilder(shard: ChunkSpec, itemsize: number): ShardBuilder {
  const data = new Uint8Array(product(shard.shape) * itemsize)
  if (shard.fill) fillOutput(data, shard.fill)
  const strides = cStrides(shard.shape)
  return {
    put: (chunk, first) => copyChunk(chunk, { data, strides, first }),
    finish: () => packed(shard, data),
  }
}

function variableBuilder(shard: ChunkSpec): ShardBuilder {
  const fill = shard.fill ?? new Uint8Array()
  const items = new Array<Uint8Array>(product(shard.shape)).fill(fill)
  const strides = cStrides(shard.shape)
  return {
    put(chunk, first) {
      const { data, offsets = new Uint32Array() } = canonical(chunk)
      const kept = new Uint8Array(data)
      itemOrder(chunk.shape, strides, first).forEach((place, i) => {
        items[place] = kept.subarray(offsets[i], offsets[i + 1])
      })
    },
    finish() {
      const { data, offsets } = joinItems(items)
      return { ...packed(shard, data), offsets }
    },
  }
}

/** The inner chunk of `shape` whose first item is item `first` of a canonical shard. */
export function innerChunk(shard: DecodedChunk, shape: readonly number[], first: number): DecodedChunk {
  const spec: ChunkSpec = { dtype: shard.dtype, shape, fill: null }
  const { data, offsets, strides } = shard
  if (offsets) {
    const places = itemOrder(shape, strides, first)
    const items = joinItems(Array.from(places, (place) => data.subarray(offsets[place], offsets[place + 1])))
    return { ...packed(spec, items.data), offsets: items.offsets }
  }
  const itemsize = itemSize(shard.dtype)!
  const copy = new Uint8Array(product(shape) * itemsize)
  const part = { ...shard, shape: [...shape], data: data.subarray(first * itemsize) }
  copyChunk(part, { data: copy, strides: cStrides(shape) })
  return packed(spec, copy)
}

/** Says which inner chunk is damaged. */
export function ofInner<T>(number: number, decode: () => T): T {
  try {
    return decode()
  } catch (thrown) {
    throw thrown instanceof ChunkCorruptError
      ? corrupt(`in inner chunk ${number}, ${thrown.why}`, thrown)
      : thrown
  }
}

/** Whether every item is bitwise the fill item; a fill that is undefined counts as zeros. */
export function isAllFill(
  { dtype, data, offsets }: Pick<DecodedChunk, 'dtype' | 'data' | 'offsets'>,
  fill: Uint8Array | null,
): boolean {
  if (offsets) {
    const item = fill ?? new Uint8Array()
    const lengths = offsets.every((offset, i) => offset === i * item.length)
    return lengths && (data.length === 0 || repeats(data, item))
  }
  return repeats(data, fill ?? new Uint8Array(itemSize(dtype)!))
}

/** Whether `data`, whole items long, is one item over and over: its start is the item, and the rest equals what is one item before. */
function repeats(data: Uint8Array, item: Uint8Array): boolean {
  const size = item.length
  if (size === 0 || Buffer.compare(data.subarray(0, size), item) !== 0) return size === 0
  return Buffer.compare(data.subarray(size), data.subarray(0, data.length - size)) === 0
}
