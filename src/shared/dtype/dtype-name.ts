import { MetadataError, UnsupportedError, ValueError } from '../errors'
import { parseJson } from '../json/parse'
import type { JsonValue } from '../json/value'
import { hasByteOrder } from './itemsize'
import { parseNumpyDtype, type NumpyDtype } from './numpy-dtype'
import { numpyDescr } from './numpy-name'
import type { DataTypeSpec } from './spec'
import { parseV3DataType } from './v3-dtype'

/** Words for types that people use besides typestrs and the names of format 3. */
const WORDS: Record<string, string> = {
  int: 'int64',
  uint: 'uint64',
  float: 'float64',
  double: 'float64',
  single: 'float32',
  half: 'float16',
  complex: 'complex128',
  boolean: 'bool',
  str: 'string',
  object: '|O',
  O: '|O',
  '?': '|b1',
}

/**
 * A data type as people and programs name it: NumPy typestrs with or without byte order ("i4", ">f8", "M8[ns]", "U5"),
 * names ("int32", "datetime64[s]", "string", "bfloat16"), record fields as a list or as its text
 * (`[["a", "<i4"], …]` or `[('a', 'i4'), …]`), the JSON of a format 3 type. No mark means little-endian.
 * Throws ValueError where it names none.
 */
export function parseDtypeName(input: string | JsonValue): NumpyDtype {
  try {
    if (typeof input !== 'string') return parse(input)
    const text = input.trim()
    return /^[[{]/.test(text) ? parse(parseFields(text)) : parse(text)
  } catch (error) {
    if (!(error instanceof MetadataError) && !(error instanceof UnsupportedError)) throw error
    const shown = typeof input === 'string' ? `"${input}"` : 'The list'
    const examples = 'such as int32, <f8, M8[ns], U10, string, bfloat16'
    throw new ValueError(`${shown} does not name a data type; use a NumPy or Zarr name ${examples}.`, {
      cause: error,
    })
  }
}

function parse(json: JsonValue): NumpyDtype {
  if (Array.isArray(json)) return parseNumpyDtype(withOrder(json))
  if (typeof json !== 'string') return little(parseV3DataType(json))
  const word = Object.hasOwn(WORDS, json) ? WORDS[json]! : json
  const v3 = tryV3(word)
  if (v3 !== undefined) return little(v3)
  const time = word.replace(/^([<>|=]?)datetime64/, '$1M8').replace(/^([<>|=]?)timedelta64/, '$1m8')
  const mark = /^([<>|=])(.+)$/.exec(time)
  const named = mark === null ? undefined : tryV3(mark[2]!)
  if (named !== undefined && mark![1] !== '>') return little(named)
  const parsed = parseNumpyDtype(time)
  if (/^[<>|=]?[SaUV]$/.test(time)) throw new MetadataError('', 'dtype', 'a length is missing.')
  return parsed
}

/** Fields may use the friendly names as well. */
function withOrder(list: JsonValue[]): JsonValue[] {
  return list.map((entry) => {
    if (!Array.isArray(entry) || entry.length < 2) return entry
    const [name, type, ...shape] = entry as [JsonValue, JsonValue, ...JsonValue[]]
    if (Array.isArray(type)) return [name, withOrder(type), ...shape]
    return [name, typeof type === 'string' ? fieldTypestr(type) : type, ...shape]
  })
}

const FIELD_NAMES: Record<string, string> = {
  bool: '|b1',
  int8: '|i1',
  int16: '<i2',
  int32: '<i4',
  int64: '<i8',
  uint8: '|u1',
  uint16: '<u2',
  uint32: '<u4',
  uint64: '<u8',
  float16: '<f2',
  float32: '<f4',
  float64: '<f8',
  complex64: '<c8',
  complex128: '<c16',
}

function fieldTypestr(type: string): string {
  const word = Object.hasOwn(WORDS, type) ? WORDS[type]! : type
  if (Object.hasOwn(FIELD_NAMES, word)) return FIELD_NAMES[word]!
  return word.replace(/^([<>|=]?)datetime64/, '$1M8').replace(/^([<>|=]?)timedelta64/, '$1m8')
}

function tryV3(name: string): DataTypeSpec | undefined {
  try {
    return parseV3DataType(name)
  } catch (error) {
    if (error instanceof UnsupportedError) return undefined
    throw error
  }
}

const little = (spec: DataTypeSpec): NumpyDtype => ({
  spec,
  byteOrder: hasByteOrder(spec) ? 'little' : 'not applicable',
  swaps: [],
  descr: numpyDescr(spec),
})

function parseFields(text: string): JsonValue {
  try {
    return parseJson(text).value
  } catch {
    return parseJson(asJson(text)).value
  }
}

/** Python's way of writing the same list. */
const asJson = (text: string): string =>
  text
    .replaceAll(/'((?:[^'\\]|\\.)*)'/g, (_, inside: string) => JSON.stringify(inside))
    .replaceAll('(', '[')
    .replaceAll(')', ']')
    .replaceAll(/,\s*\]/g, ']')
