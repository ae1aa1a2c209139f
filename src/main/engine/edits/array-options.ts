import { UsageError } from '@shared/errors'
import { parseDtypeName } from '@shared/dtype/dtype-name'
import { parseJson } from '@shared/json/parse'
import type { JsonObject, JsonValue } from '@shared/json/value'
import type { ArrayOptions } from '@shared/model/edits'
import type { NewArrayOptions } from '../nodes/creation/new-array-options'

/** What the dialog of a new array says, as the engine takes it. Throws UsageError for text that is not what it should be. */
export function newArrayOptions(options: ArrayOptions): NewArrayOptions {
  const { shape, chunks, shards, order, compressor, filters, zarrFormat, separator, dimensionNames } = options
  const dtype = dtypeOf(options.dtype)
  return {
    shape,
    chunks,
    shards,
    dtype,
    order,
    ...fillOf(options.fillValue, dtype),
    compressor: compressor === 'default' ? undefined : compressor,
    filters,
    zarrFormat,
    separator,
    dimensionNames,
    attributes: options.attributes === undefined ? undefined : objectOf(options.attributes),
  }
}

const dtypeOf = (text: string): JsonValue =>
  /^\s*[[{]/.test(text) ? parseJson(text, { key: 'The data type' }).value : text

/** Texts may stand in quotes, so that "none" can be told from none. */
function fillOf(text: string | null, dtype: JsonValue): Pick<NewArrayOptions, 'fillValue' | 'fill'> {
  if (text === null) return { fill: null }
  const { kind } = parseDtypeName(dtype).spec
  if (kind !== 'text' && kind !== 'vlen-text') return { fillValue: text }
  return { fillValue: /^".*"$/s.test(text) ? (JSON.parse(text) as string) : text }
}

function objectOf(text: string): JsonObject {
  const { value } = parseJson(text, { key: 'The attributes' })
  if (value instanceof Map) return value
  throw new UsageError('Attributes are a JSON object, such as {"units": "K"}.')
}
