import { LimitError } from '@shared/errors'
import type { BindContext, ChunkSpec, CodecDefinition } from './codec'
import type { ByteSource, CodecPipeline, ShardIndex, Sharding } from './codec-pipeline'
import type { Configuration } from './configuration'
import type { DecodedChunk } from './decoded-chunk'
import { concatBytes } from '@shared/dtype/concat-bytes'
import { bytesSource } from './byte-source'
import { MAX_INDEX_BYTES } from './limits'
import { canonical, cStrides, itemOrder, product } from './layout'
import { ENTRY_SIZE, readShardIndex, shardIndexBytes } from './shard-index'
import { innerChunk, isAllFill, ofInner, shardBuilder } from './shard-parts'

/**
 * Many inner chunks in one stored value, with an index of where each lies (format 3 "sharding_indexed"). Inner chunks
 * may be sharded again. Writing puts them in C order and leaves out those that hold nothing but the fill value.
 */
export const sharding: CodecDefinition = {
  name: 'sharding_indexed',
  about: 'inner chunks in one stored value, readable one by one',
  bindArrayToBytes(configuration, input, context) {
    const location = configuration.oneOf('index_location', ['start', 'end'], 'end')
    const shards = bindSharding(configuration, input, context, location)
    return {
      output: { size: undefined },
      sharding: shards,
      encode: (chunk) => encodeShard(canonical(chunk), input, shards),
      // Inner chunks are decoded in the memory that a compressor around the shard may have left it in.
      decode: (stored) =>
        decodeShard(context.backend.isTransient(stored) ? new Uint8Array(stored) : stored, input, shards),
    }
  },
}

function bindSharding(
  configuration: Configuration,
  input: ChunkSpec,
  context: BindContext,
  location: 'start' | 'end',
): Sharding {
  const innerShape = configuration.integers('chunk_shape', 1)
  const fits =
    innerShape.length === input.shape.length &&
    innerShape.every((length, axis) => input.shape[axis]! % length === 0)
  if (!fits)
    configuration.fail(
      'chunk_shape',
      `must divide the shard of ${input.shape.join(' × ')} items along each axis`,
    )
  const chunksPerShard = innerShape.map((length, axis) => input.shape[axis]! / length)
  const indexBytes = product(chunksPerShard) * ENTRY_SIZE
  if (indexBytes > MAX_INDEX_BYTES)
    throw new LimitError('The size of a shard index in bytes', indexBytes, MAX_INDEX_BYTES)
  const inner = context.bindInner(configuration, 'codecs', { ...input, shape: innerShape })
  const entries: ChunkSpec = { dtype: { kind: 'uint', bits: 64 }, shape: [...chunksPerShard, 2], fill: null }
  const indexPipeline = context.bindInner(configuration, 'index_codecs', entries)
  const size = indexPipeline.encodedSize
  if (size === undefined) return configuration.fail('index_codecs', 'must give an index of fixed size')
  const index = (source: ByteSource): ShardIndex => readShardIndex(source, indexPipeline, size, location)
  return {
    innerShape,
    chunksPerShard,
    inner,
    index,
    split: (stored) => splitShard(stored, product(chunksPerShard), index),
    join: (parts) => joinShard(parts, indexPipeline, location),
  }
}

function decodeShard(stored: Uint8Array, input: ChunkSpec, shards: Sharding): DecodedChunk {
  const { inner, innerShape, chunksPerShard } = shards
  const parts = shards.split(stored)
  const builder = shardBuilder(input)
  firstItems(input.shape, innerShape, chunksPerShard).forEach((first, i) => {
    const part = parts[i]
    if (!part) return
    builder.put(
      ofInner(i, () => inner.decode(part)),
      first,
    )
  })
  return builder.finish()
}

function encodeShard(chunk: DecodedChunk, input: ChunkSpec, shards: Sharding): Uint8Array {
  const { inner, innerShape, chunksPerShard } = shards
  const parts = Array.from(firstItems(input.shape, innerShape, chunksPerShard), (first) => {
    const part = innerChunk(chunk, innerShape, first)
    return isAllFill(part, input.fill) ? undefined : inner.encode(part.data, part.offsets)
  })
  return shards.join(parts)
}

function splitShard(
  stored: Uint8Array | undefined,
  count: number,
  index: Sharding['index'],
): (Uint8Array | undefined)[] {
  if (!stored) return new Array<undefined>(count).fill(undefined)
  const { offsets, lengths } = index(bytesSource(stored))
  return Array.from(offsets, (offset, i) =>
    offset < 0 ? undefined : stored.subarray(offset, offset + lengths[i]!),
  )
}

/** The inner chunks one behind the other, in the index's order. */
function joinShard(
  parts: readonly (Uint8Array | undefined)[],
  indexPipeline: CodecPipeline,
  location: 'start' | 'end',
): Uint8Array {
  const lengths = Float64Array.from(parts, (part) => part?.length ?? 0)
  let end = location === 'start' ? indexPipeline.encodedSize! : 0
  const offsets = Float64Array.from(parts, (part) => {
    const offset = end
    end += part?.length ?? 0
    return part ? offset : -1
  })
  const index = indexPipeline.encode(shardIndexBytes({ offsets, lengths }))
  const stored = parts.filter((part) => part !== undefined)
  return concatBytes(location === 'start' ? [index, ...stored] : [...stored, index])
}

/** Number in the shard of the first item of every inner chunk, in the index's order. */
function firstItems(
  shape: readonly number[],
  innerShape: readonly number[],
  chunksPerShard: readonly number[],
): Float64Array {
  const strides = cStrides(shape)
  return itemOrder(
    chunksPerShard,
    strides.map((stride, axis) => stride * innerShape[axis]!),
  )
}
