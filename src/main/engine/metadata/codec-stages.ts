import { stringifyJson } from '@shared/json/stringify'
import type { JsonValue } from '@shared/json/value'
import type { CodecInfo } from '@shared/model/node'

/** What the known codecs turn into what, for showing a pipeline before anything is decoded. */
const STAGES: Record<Exclude<CodecInfo['stage'], 'unknown'>, readonly string[]> = {
  'array-array': ['transpose', 'reshape', 'cast_value', 'scale_offset', 'bitround', 'conditional'],
  'array-bytes': [
    'bytes',
    'sharding_indexed',
    'vlen-utf8',
    'vlen-bytes',
    'packbits',
    'zfp',
    'n5_default',
    'pcodec',
  ],
  'bytes-bytes': ['blosc', 'gzip', 'zstd', 'crc32c'],
}

/** Codecs of the numcodecs library that work on arrays; its others turn bytes into bytes. */
const NUMCODECS: Record<string, CodecInfo['stage']> = {
  astype: 'array-array',
  bitround: 'array-array',
  delta: 'array-array',
  fixedscaleoffset: 'array-array',
  packbits: 'array-array',
  quantize: 'array-array',
  categorize: 'array-array',
  pcodec: 'array-bytes',
  zfpy: 'array-bytes',
  'vlen-utf8': 'array-bytes',
  'vlen-bytes': 'array-bytes',
  'vlen-array': 'array-bytes',
  json2: 'array-bytes',
  msgpack2: 'array-bytes',
  pickle: 'array-bytes',
}
const NUMCODECS_BYTES = [
  ...['adler32', 'base64', 'blosc', 'bz2', 'crc32', 'crc32c', 'fletcher32', 'gzip', 'jenkins_lookup3'],
  ...['lz4', 'lzma', 'shuffle', 'zlib', 'zstd'],
]

/** Where a codec stands in a pipeline, by the name format 3 has for it. */
export function codecStage(name: string): CodecInfo['stage'] {
  const own = name.replace(/^numcodecs\./, '')
  if (own !== name)
    return Object.hasOwn(NUMCODECS, own)
      ? NUMCODECS[own]!
      : NUMCODECS_BYTES.includes(own)
        ? 'bytes-bytes'
        : 'unknown'
  for (const [stage, names] of Object.entries(STAGES))
    if (names.includes(name)) return stage as CodecInfo['stage']
  return 'unknown'
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
