import { stringifyJson } from '@shared/json/stringify'
import type { JsonValue } from '@shared/json/value'
import type { CodecInfo } from '@shared/model/node'
import { findCodec, refusedStage } from '../codecs/table'

/** Where a codec stands in a pipeline, by the name format 3 has for it, for showing it before anything is decoded. */
export function codecStage(name: string): CodecInfo['stage'] {
  const codec = findCodec(name)
  if (!codec) return refusedStage(name) ?? 'unknown'
  if (codec.bindArrayToArray) return 'array-array'
  return codec.bindArrayToBytes ? 'array-bytes' : 'bytes-bytes'
}

/** A codec for people: its name and configuration as stored. */
export function codecInfo(json: JsonValue, idField: 'name' | 'id'): CodecInfo {
  const fields = json instanceof Map ? json : new Map<string, JsonValue>([[idField, json]])
  const id = fields.get(idField)
  const name = typeof id === 'string' ? id : '?'
  const rest =
    idField === 'id'
      ? new Map([...fields].filter(([key]) => key !== 'id'))
      : (fields.get('configuration') ?? new Map())
  return {
    name,
    configuration: stringifyJson(rest),
    stage: codecStage(idField === 'id' ? `numcodecs.${name}` : name),
  }
}
