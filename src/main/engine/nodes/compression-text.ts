import { parseJson } from '@shared/json/parse'
import { stringifyJson } from '@shared/json/stringify'
import { jsonArray, jsonObject, jsonString } from '@shared/json/access'
import type { JsonObject, JsonValue } from '@shared/json/value'
import type { ArrayMetadata } from '../metadata/array-metadata'
import { pythonRepr } from './python-repr'

/** What counts as a compressor in a format 3 pipeline; checksums do not. */
const COMPRESSORS = new Set(['blosc', 'zstd', 'gzip', 'zlib', 'bz2', 'lz4', 'lzma'])

/**
 * The second line of the summary block without its indent: `compression: …; compression_opts: …` where the pipeline is
 * at most one compressor, else `codecs: <JSON>`, the codecs as stored.
 */
export function compressionText(metadata: ArrayMetadata): string {
  const document = sourceDocument(metadata)
  if (metadata.zarrFormat === 1)
    return compression(document.get('compression'), document.get('compression_opts'))
  if (metadata.zarrFormat === 2) {
    const compressor = document.get('compressor') ?? null
    const filters = document.get('filters') ?? null
    if (jsonArray(filters)?.length)
      return codecs(
        new Map([
          ['filters', filters],
          ['compressor', compressor],
        ]),
      )
    const object = jsonObject(compressor)
    return object ? named(object.get('id'), without(object, 'id')) : compression('none', null)
  }
  const stored = document.get('codecs') ?? null
  const single = singleCompressor(jsonArray(stored) ?? [])
  if (single === undefined) return codecs(stored)
  return single === null ? compression('none', null) : named(nameOf(single), configurationOf(single))
}

const compression = (name: JsonValue | undefined, options: JsonValue | undefined): string =>
  `compression: ${jsonString(name) ?? 'none'}; compression_opts: ${pythonRepr(options ?? null)}`

const codecs = (stored: JsonValue): string => `codecs: ${stringifyJson(stored, { separators: 'spaced' })}`

/** A level alone is printed as format 1 stored it, as a number. */
function named(name: JsonValue | undefined, options: JsonObject): string {
  const level = options.get('level')
  if (options.size === 1 && level !== undefined) return compression(name, level)
  return compression(name, options.size === 0 ? null : options)
}

/**
 * The one compressor of a format 3 pipeline, null where there is none; undefined where the pipeline holds more than
 * the block can say. Whole shards and the transpose of order F are told by the first line.
 */
function singleCompressor(stored: JsonValue[]): JsonValue | null | undefined {
  const rest = stored.filter((codec) => !isReversal(codec) && nameOf(codec) !== 'bytes')
  const [only] = rest
  if (rest.length > 1) return undefined
  if (only === undefined) return null
  if (nameOf(only) === 'sharding_indexed')
    return singleCompressor(jsonArray(configurationOf(only).get('codecs')) ?? [])
  return COMPRESSORS.has(nameOf(only).replace(/^numcodecs\./, '')) ? only : undefined
}

function isReversal(codec: JsonValue): boolean {
  const order = jsonArray(configurationOf(codec).get('order'))
  return (
    nameOf(codec) === 'transpose' &&
    order !== undefined &&
    order.every((axis, k) => axis === order.length - 1 - k)
  )
}

const nameOf = (codec: JsonValue): string =>
  jsonString(codec) ?? jsonString(jsonObject(codec)?.get('name')) ?? ''
const configurationOf = (codec: JsonValue): JsonObject =>
  jsonObject(jsonObject(codec)?.get('configuration')) ?? new Map<string, JsonValue>()
const without = (object: JsonObject, name: string): JsonObject =>
  new Map([...object].filter(([key]) => key !== name))

/** The array's own document as stored. */
export function sourceDocument(metadata: ArrayMetadata): JsonObject {
  const main = metadata.source.find(({ key }) => /(^|\/)(zarr\.json|\.zarray|meta)$/.test(key))
  return (main && jsonObject(parseJson(main.text).value)) ?? new Map<string, JsonValue>()
}
