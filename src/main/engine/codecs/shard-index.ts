import type { ByteSource, CodecPipeline, ShardIndex } from './codec-pipeline'
import { corrupt } from './corrupt'
import { canonical } from './layout'

/** Bytes of one entry: offset and length, 64 bits each. */
export const ENTRY_SIZE = 16
const EMPTY_WORD = 0xffffffff
const WORD = 2 ** 32

/**
 * Reads the index of a shard: `pipeline` decodes it, `size` is its stored length. Every entry lies inside the shard or
 * is empty (both numbers 2^64-1); anything else throws ChunkCorruptError.
 */
export function readShardIndex(
  source: ByteSource,
  pipeline: CodecPipeline,
  size: number,
  location: 'start' | 'end',
): ShardIndex {
  if (source.size < size) throw corrupt(`it has ${source.size} bytes, less than its shard index of ${size}`)
  const stored = source.read(location === 'start' ? 0 : source.size - size, size)
  const { data } = canonical(pipeline.decode(stored))
  const view = new DataView(data.buffer, data.byteOffset, data.length)
  const entries = data.length / ENTRY_SIZE
  const index = { offsets: new Float64Array(entries), lengths: new Float64Array(entries) }
  for (let entry = 0; entry < entries; entry++) {
    const [offset, length] = [number(view, entry * ENTRY_SIZE), number(view, entry * ENTRY_SIZE + 8)]
    if ((offset === undefined) !== (length === undefined))
      throw corrupt(`entry ${entry} of its shard index is half empty`)
    // Numbers beyond 2^53 lose digits here, and are beyond the end of every file all the same.
    if (offset !== undefined && length !== undefined && offset + length > source.size) {
      throw corrupt(
        `entry ${entry} of its shard index names bytes ${offset} to ${offset + length} of ${source.size}`,
      )
    }
    index.offsets[entry] = offset ?? -1
    index.lengths[entry] = length ?? 0
  }
  return index
}

/** An unsigned 64-bit number; undefined for 2^64-1. */
function number(view: DataView, at: number): number | undefined {
  const [low, high] = [view.getUint32(at, true), view.getUint32(at + 4, true)]
  return low === EMPTY_WORD && high === EMPTY_WORD ? undefined : high * WORD + low
}

/** The entries as canonical bytes of 64-bit numbers; offset -1 is an empty entry. */
export function shardIndexBytes({ offsets, lengths }: ShardIndex): Uint8Array {
  const data = new Uint8Array(offsets.length * ENTRY_SIZE).fill(0xff)
  const view = new DataView(data.buffer)
  offsets.forEach((offset, entry) => {
    if (offset < 0) return
    view.setBigUint64(entry * ENTRY_SIZE, BigInt(offset), true)
    view.setBigUint64(entry * ENTRY_SIZE + 8, BigInt(lengths[entry]!), true)
  })
  return data
}
