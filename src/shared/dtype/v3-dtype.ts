import { MetadataError, UnsupportedError } from '../errors'
import { jsonInteger } from '../json/access'
import { stringifyJson } from '../json/stringify'
import type { JsonObject, JsonValue } from '../json/value'
import { MAX_FIELDS, spendFields, type FieldBudget } from './field-budget'
import { FLOAT_FORMATS } from './float-format'
import { fixedItemSize, itemSize, MAX_ITEM_BYTES } from './itemsize'
import type { DataTypeSpec } from './spec'
import { timeUnit } from './time'

/** Of scale factors, as NumPy stores them. */
const MAX_SCALE = 2 ** 31 - 1

/** Types without parameters: the core ones, the registered ones, and the names that zarr-python writes besides. */
const SIMPLE = new Map<string, DataTypeSpec>([
  ['bool', { kind: 'bool' }],
  ...(['int', 'uint'] as const).flatMap((kind) =>
    ([2, 4, 8, 16, 32, 64] as const).map((bits): [string, DataTypeSpec] => [
      `${kind}${bits}`,
      { kind, bits },
    ]),
  ),
  ...FLOAT_FORMATS.flatMap((format): [string, DataTypeSpec][] => [
    [format, { kind: 'float', format }],
    [`complex_${format}`, { kind: 'complex', part: format }],
  ]),
  ['complex64', { kind: 'complex', part: 'float32' }],
  ['complex128', { kind: 'complex', part: 'float64' }],
  ['string', { kind: 'vlen-text' }],
  ['variable_length_utf8', { kind: 'vlen-text' }],
  ['bytes', { kind: 'vlen-bytes' }],
  ['variable_length_bytes', { kind: 'vlen-bytes' }],
])

/**
 * Reads a `data_type` of format 3: a bare name or `{name, configuration}`. Throws UnsupportedError for types that are
 * not known, MetadataError (without key) for a known one whose configuration is wrong.
 */
export function parseV3DataType(json: JsonValue): DataTypeSpec {
  return parse(json, { fields: MAX_FIELDS })
}

function parse(json: JsonValue, budget: FieldBudget): DataTypeSpec {
  const { name, configuration } = nameAndConfiguration(json)
  const simple = SIMPLE.get(name)
  if (simple !== undefined) return withoutConfiguration(simple, name, configuration)
  const raw = /^r(\d+)$/.exec(name)
  if (raw !== null) {
    const bits = Number(raw[1])
    if (bits % 8 !== 0 || bits === 0 || bits / 8 > MAX_ITEM_BYTES)
      throw invalid(`"${name}" is not a whole number of bytes`)
    return withoutConfiguration({ kind: 'raw', length: bits / 8 }, name, configuration)
  }
  switch (name) {
    case 'null_terminated_bytes':
      return { kind: 'bytes', length: lengthBytes(name, configuration) }
    case 'raw_bytes':
      return { kind: 'raw', length: lengthBytes(name, configuration) }
    case 'fixed_length_utf32': {
      const bytes = lengthBytes(name, configuration)
      if (bytes % 4 !== 0)
        throw invalid(`length_bytes of "${name}" is ${bytes}, which is not a multiple of 4`)
      return { kind: 'text', length: bytes / 4 }
    }
    case 'numpy.datetime64':
    case 'numpy.timedelta64':
      return time(name, configuration)
    case 'struct':
    case 'structured':
      return struct(name, configuration, budget)
    default:
      throw new UnsupportedError('data type', name)
  }
}

function nameAndConfiguration(json: JsonValue): { name: string; configuration: JsonObject } {
  if (typeof json === 'string') return { name: json, configuration: new Map() }
  if (!(json instanceof Map))
    throw invalid(`it must be a name or an object with a name, not ${stringifyJson(json)}`)
  const name = json.get('name')
  const configuration = json.get('configuration') ?? new Map<string, JsonValue>()
  if (typeof name !== 'string') throw invalid('the object has no "name"')
  if (!(configuration instanceof Map)) throw invalid(`the configuration of "${name}" is not an object`)
  const other = [...json.keys()].find((key) => !['name', 'configuration', 'must_understand'].includes(key))
  if (other !== undefined) throw invalid(`"${name}" has the unknown member "${other}"`)
  return { name, configuration }
}

function withoutConfiguration(spec: DataTypeSpec, name: string, configuration: JsonObject): DataTypeSpec {
  for (const key of configuration.keys())
    throw invalid(`"${name}" takes no configuration, but "${key}" is given`)
  return spec
}

function member(
  name: string,
  configuration: JsonObject,
  allowed: readonly string[],
  key: string,
): JsonValue | undefined {
  const other = [...configuration.keys()].find((given) => !allowed.includes(given))
  if (other !== undefined) throw invalid(`the configuration of "${name}" has the unknown member "${other}"`)
  return configuration.get(key)
}

function lengthBytes(name: string, configuration: JsonObject): number {
  const length = jsonInteger(member(name, configuration, ['length_bytes'], 'length_bytes'))
  if (length === undefined || length < 0 || length > MAX_ITEM_BYTES) {
    throw invalid(`"${name}" needs length_bytes, a whole number up to ${MAX_ITEM_BYTES}`)
  }
  return length
}

function time(name: string, configuration: JsonObject): DataTypeSpec {
  const known = ['unit', 'scale_factor']
  const word = member(name, configuration, known, 'unit')
  const unit =
    typeof word === 'string' && (word.length <= 2 || word === 'generic') ? timeUnit(word) : undefined
  const scale = jsonInteger(configuration.get('scale_factor') ?? 1)
  if (unit === undefined)
    throw invalid(`"${name}" has the unit ${stringifyJson(word ?? null)}, which is not known`)
  if (scale === undefined || scale < 1 || scale > MAX_SCALE) {
    throw invalid(`scale_factor of "${name}" must be a whole number from 1 to ${MAX_SCALE}`)
  }
  return { kind: name === 'numpy.datetime64' ? 'datetime' : 'timedelta', unit, scale }
}

/** `structured`, the older spelling, lists `[name, type]` pairs; `struct` objects. Either is read under both names. */
function struct(name: string, configuration: JsonObject, budget: FieldBudget): DataTypeSpec {
  const list = member(name, configuration, ['fields'], 'fields')
  if (!Array.isArray(list) || list.length === 0) throw invalid(`"${name}" needs a list of fields`)
  spendFields(budget, list.length, 'data_type')
  const fields: { name: string; type: DataTypeSpec }[] = []
  const names = new Set<string>()
  let size = 0
  for (const entry of list) {
    const [fieldName, type] = entry instanceof Map ? [entry.get('name'), entry.get('data_type')] : pair(entry)
    if (typeof fieldName !== 'string' || type === undefined) {
      throw invalid(`a field of "${name}" needs a name and a data type, not ${stringifyJson(entry)}`)
    }
    if (names.has(fieldName)) throw invalid(`the field "${fieldName}" occurs twice`)
    names.add(fieldName)
    const spec = parse(type, budget)
    if (itemSize(spec) === null) {
      throw new UnsupportedError('data type', name, `its field "${fieldName}" has items of varying length`)
    }
    size += fixedItemSize(spec)
    if (size > MAX_ITEM_BYTES) throw invalid(`the items of "${name}" are larger than ${MAX_ITEM_BYTES} bytes`)
    fields.push({ name: fieldName, type: spec })
  }
  return { kind: 'struct', fields }
}

const pair = (entry: JsonValue): [JsonValue | undefined, JsonValue | undefined] =>
  Array.isArray(entry) && entry.length === 2 ? [entry[0], entry[1]] : [undefined, undefined]

/**
 * The `data_type` of a format 3 document, spelt as zarr-python writes it. Undefined for what format 3 cannot store:
 * sub-arrays, vlen-arrays and objects.
 */
export function v3DataType(spec: DataTypeSpec): JsonValue | undefined {
  const named = (name: string, entries: [string, JsonValue][]): JsonValue =>
    new Map<string, JsonValue>([
      ['name', name],
      ['configuration', new Map(entries)],
    ])
  switch (spec.kind) {
    case 'bool':
      return 'bool'
    case 'int':
    case 'uint':
      return `${spec.kind}${spec.bits}`
    case 'float':
      return spec.format
    case 'complex':
      if (spec.part === 'float32') return 'complex64'
      return spec.part === 'float64' ? 'complex128' : `complex_${spec.part}`
    case 'vlen-text':
      return 'string'
    case 'vlen-bytes':
      return 'variable_length_bytes'
    case 'bytes':
      return named('null_terminated_bytes', [['length_bytes', spec.length]])
    case 'raw':
      return named('raw_bytes', [['length_bytes', spec.length]])
    case 'text':
      return named('fixed_length_utf32', [['length_bytes', 4 * spec.length]])
    case 'datetime':
    case 'timedelta':
      return named(`numpy.${spec.kind}64`, [
        ['unit', spec.unit],
        ['scale_factor', spec.scale],
      ])
    case 'struct': {
      const fields: JsonValue[] = []
      for (const { name, type } of spec.fields) {
        const json = v3DataType(type)
        if (json === undefined) return undefined
        fields.push(
          new Map<string, JsonValue>([
            ['name', name],
            ['data_type', json],
          ]),
        )
      }
      return named('struct', [['fields', fields]])
    }
    case 'subarray':
    case 'vlen-array':
    case 'object':
      return undefined
  }
}

const invalid = (why: string): MetadataError => new MetadataError('', 'data_type', `${why}.`)
