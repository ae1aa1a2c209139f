import { jsonArray, jsonInteger } from '@shared/json/access'
import type { JsonValue } from '@shared/json/value'
import type { CodecSpec } from '../codecs/pipeline-spec'

/**
 * Inner chunk shape of every nesting level of sharding, outermost first; empty where the stored chunks are not shards
 * that can be read in part. Codecs before or after the sharding of a level make it, and all below, one piece.
 */
export function shardLevels({ codecs }: { readonly codecs: readonly CodecSpec[] }): number[][] {
  const levels: number[][] = []
  let list: readonly (CodecSpec | JsonValue)[] = codecs
  while (list.length === 1) {
    const codec = named(list[0]!)
    const shape = jsonArray(codec?.configuration.get('chunk_shape'))?.map(
      (length) => jsonInteger(length) ?? 0,
    )
    if (codec?.name !== 'sharding_indexed' || shape === undefined || shape.some((length) => length < 1)) break
    levels.push(shape)
    list = jsonArray(codec.configuration.get('codecs')) ?? []
  }
  return levels
}

function named(codec: CodecSpec | JsonValue): CodecSpec | undefined {
  if (!(codec instanceof Map))
    return typeof codec === 'object' && codec !== null && 'configuration' in codec ? codec : undefined
  const name = codec.get('name')
  const configuration = codec.get('configuration')
  return typeof name === 'string' && configuration instanceof Map ? { name, configuration } : undefined
}
