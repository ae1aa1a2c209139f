import { MetadataError } from '@shared/errors'
import type { JsonObject, JsonValue } from '@shared/json/value'
import { shown } from './document'

/** An extension point of format 3: a bare name, or an object with a name and perhaps a configuration. */
export interface Extension {
  name: string
  configuration: JsonObject
}

/** Reads an extension point. Throws MetadataError (without key) where it is neither form. */
export function parseExtension(json: JsonValue, field: string): Extension {
  if (typeof json === 'string') return { name: json, configuration: new Map() }
  const name = json instanceof Map ? json.get('name') : undefined
  if (!(json instanceof Map) || typeof name !== 'string') {
    throw new MetadataError('', field, `it must be a name or an object with a "name", not ${shown(json)}.`)
  }
  const configuration = json.get('configuration') ?? new Map<string, JsonValue>()
  if (!(configuration instanceof Map)) {
    throw new MetadataError(
      '',
      `${field}.configuration`,
      `it must be an object, not ${shown(configuration)}.`,
    )
  }
  return { name, configuration }
}

/** Whether something unknown may be passed over: an object that says so. */
export const mayIgnore = (json: JsonValue): boolean =>
  json instanceof Map && json.get('must_understand') === false
