import { MetadataError } from '@shared/errors'
import type { JsonValue } from '@shared/json/value'
import type { CodecSpec } from './pipeline-spec'

/**
 * A list of codecs as format 3 writes it: objects with `name` and perhaps `configuration`, or bare names. Codecs that
 * are not known and say `must_understand: false` are left out. `field` names the list in errors. Throws MetadataError.
 */
export function parseCodecSpecs(
  json: JsonValue | undefined,
  field: string,
  isKnown: (name: string) => boolean,
): CodecSpec[] {
  if (!Array.isArray(json)) throw new MetadataError('', field, 'it must be a list of codecs.')
  return json.flatMap((entry, i) => parseCodecSpec(entry, `${field}[${i}]`, isKnown))
}

function parseCodecSpec(entry: JsonValue, field: string, isKnown: (name: string) => boolean): CodecSpec[] {
  if (typeof entry === 'string') return [{ name: entry, configuration: new Map() }]
  const name = entry instanceof Map ? entry.get('name') : undefined
  if (!(entry instanceof Map) || typeof name !== 'string') {
    throw new MetadataError('', field, 'a codec is an object with a "name", or a bare name.')
  }
  if (entry.get('must_understand') === false && !isKnown(name)) return []
  const configuration = entry.get('configuration') ?? new Map<string, JsonValue>()
  if (!(configuration instanceof Map))
    throw new MetadataError('', field, '"configuration" must be an object.')
  const other = [...entry.keys()].find((key) => !['name', 'configuration', 'must_understand'].includes(key))
  if (other !== undefined) throw new MetadataError('', field, `it has the unknown member "${other}".`)
  return [{ name, configuration }]
}
