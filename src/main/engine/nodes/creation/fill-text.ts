import { parseDtypeName } from '@shared/dtype/dtype-name'
import { parseJson } from '@shared/json/parse'
import type { JsonValue } from '@shared/json/value'
import type { NewArrayOptions } from './new-array-options'

/**
 * A fill value as people type it: `none` leaves it undefined; texts may stand in quotes, so that one that says "none"
 * can be told from none. Throws MetadataError for quotes that do not end.
 */
export function fillFromText(
  text: string,
  dtype: string | JsonValue = 'float64',
): Pick<NewArrayOptions, 'fillValue' | 'fill'> {
  const { kind } = parseDtypeName(dtype).spec
  const isText = kind === 'text' || kind === 'vlen-text'
  if (!isText && (text === 'none' || text === 'null')) return { fill: null }
  if (!isText || !/^".*"$/s.test(text)) return { fillValue: text, fill: undefined }
  const { value } = parseJson(text, { key: 'The fill value' })
  return { fillValue: typeof value === 'string' ? value : text, fill: undefined }
}
