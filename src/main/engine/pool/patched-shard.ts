import { coversChunk } from '../chunks/covers-chunk'
import { innerProjections } from '../chunks/inner-projections'
import type { ChunkProjection } from '../chunks/projection'
import type { CodecPipeline, Sharding } from '../codecs/codec-pipeline'
import type { DecodedChunk } from '../codecs/decoded-chunk'
import { ofInner } from '../codecs/shard-parts'

/**
 * Encodes an inner chunk after items were put into it; undefined where nothing but fill is left.
 * @param stored what it holds now; undefined where it holds fill, or where every item is replaced
 */
export type EncodeInner = (
  inner: CodecPipeline,
  projection: ChunkProjection,
  stored: DecodedChunk | undefined,
) => Uint8Array | undefined

/** A pipeline whose stored chunks are shards. */
export type ShardPipeline = CodecPipeline & { sharding: Sharding }

/**
 * A shard after the items that `projection` names were replaced. Inner chunks without such an item keep their bytes as
 * they are stored: they are neither decoded nor checked. Undefined where no inner chunk is left.
 *
 * Throws ChunkCorruptError where the index, or an inner chunk that is replaced in part, does not decode.
 * @param stored the shard's bytes, which no codec reuses; undefined where there is none
 */
export function patchedShard(
  { spec, sharding }: ShardPipeline,
  stored: Uint8Array | undefined,
  projection: ChunkProjection,
  encode: EncodeInner,
): Uint8Array | undefined {
  const { inner, innerShape } = sharding
  const parts = sharding.split(stored)
  for (const { number, projection: part } of innerProjections(projection, spec.shape, innerShape)) {
    const before = coversChunk(part, innerShape) ? undefined : parts[number]
    parts[number] = ofInner(number, () =>
      isSharded(inner)
        ? patchedShard(inner, before, part, encode)
        : encode(inner, part, before && inner.decode(before)),
    )
  }
  return parts.some((part) => part !== undefined) ? sharding.join(parts) : undefined
}

export const isSharded = (pipeline: CodecPipeline): pipeline is ShardPipeline =>
  pipeline.sharding !== undefined
