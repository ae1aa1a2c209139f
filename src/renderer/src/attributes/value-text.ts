import { parseJson } from '@shared/json/parse'
import { stringifyJson } from '@shared/json/stringify'
import type { JsonValue } from '@shared/json/value'
import { type AttributeType, typeOf, valueText } from './rows'

/** What a person typed for a value: its JSON text, with a warning where other programs may refuse it; or why not. */
export type TypedValue = { json: string; warning?: string } | { error: string }

export const TYPES: readonly AttributeType[] = [
  'string',
  'integer',
  'float',
  'bool',
  'null',
  'list',
  'object',
]

const NOT_STRICT = 'Strict JSON has no NaN and no Infinity: some programs refuse the whole document.'

/** The text to start with when a value is edited as `type`. */
export function editableText(value: JsonValue, type: AttributeType): string {
  const own = typeOf(value)
  if (type === own)
    return own === 'list' || own === 'object' ? stringifyJson(value, { indent: 2 }) : valueText(value)
  const text = valueText(value)
  switch (type) {
    case 'string':
      return text
    case 'integer':
      return /^-?\d+(\.0*)?$/.test(text) ? text.replace(/\..*$/, '') : '0'
    case 'float':
      return own === 'integer' ? `${text}.0` : /^-?\d/.test(text) ? text : '0.0'
    case 'bool':
      return text === 'true' || text === '1' ? 'true' : 'false'
    case 'list':
      return `[${stringifyJson(value)}]`
    case 'object':
      return '{}'
    case 'null':
      return 'null'
  }
}

/** Checks a typed text; numbers keep the digits that were typed, integers of any size stay integers. */
export function typedValue(text: string, type: AttributeType): TypedValue {
  const bare = text.trim()
  switch (type) {
    case 'string':
      return { json: stringifyJson(text) }
    case 'null':
      return { json: 'null' }
    case 'bool':
      return bare === 'true' || bare === 'false' ? { json: bare } : { error: 'A bool is true or false.' }
    case 'integer':
      return /^-?(0|[1-9]\d*)$/.test(bare)
        ? { json: bare }
        : { error: 'An integer is digits alone, without leading zeros.' }
    case 'float':
      return typedFloat(bare)
    case 'list':
    case 'object':
      return typedContainer(bare, type)
  }
}

function typedFloat(bare: string): TypedValue {
  if (/^(NaN|-?Infinity)$/.test(bare)) return { json: bare, warning: NOT_STRICT }
  if (!/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(bare))
    return { error: 'A float is a number such as 1.5 or 1e-7, NaN, Infinity or -Infinity.' }
  // Without a point or exponent the text would be an integer's.
  return { json: /[.eE]/.test(bare) ? bare : `${bare}.0` }
}

function typedContainer(bare: string, type: 'list' | 'object'): TypedValue {
  try {
    const { value, nonStandard, duplicates } = parseJson(bare)
    if (typeOf(value) !== type)
      return { error: type === 'list' ? 'A list is written [1, 2, 3].' : 'An object is written {"name": 1}.' }
    if (duplicates[0] !== undefined) return { error: `The name ${duplicates[0]} occurs twice.` }
    return nonStandard ? { json: bare, warning: NOT_STRICT } : { json: bare }
  } catch (error) {
    return { error: error instanceof Error ? error.message.replace(/^The metadata: /, '') : String(error) }
  }
}

/** The whole text of the attributes, as it was edited: an object, or why it cannot be staged. */
export function typedAttributes(text: string): TypedValue {
  return typedContainer(text.trim(), 'object')
}
