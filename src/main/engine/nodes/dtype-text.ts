import { dataType } from '@shared/dtype/registry'
import { jsonArray, jsonString } from '@shared/json/access'
import type { JsonValue } from '@shared/json/value'
import type { ArrayMetadata } from '../metadata/array-metadata'
import { sourceDocument } from './compression-text'
import { pythonRepr } from './python-repr'

/**
 * A data type as NumPy prints it, which is how the summary block has it: `int32`, `>i4` where it is big-endian,
 * `datetime64[s]`, `[('id', '<i4'), ('name', 'S3')]`. Types that NumPy lacks have their name of format 3.
 */
export function dtypeText(metadata: ArrayMetadata): string {
  const { dtype, dtypeName, zarrFormat } = metadata
  if (dtype === null) return dtypeName
  if (zarrFormat === 3) return /^vlen-|^object$/.test(dtype.kind) ? dtypeName : dataType(dtype).name
  const stored = sourceDocument(metadata).get('dtype') ?? null
  if (Array.isArray(stored)) return fields(stored)
  const text = jsonString(stored) ?? dtypeName
  return text.startsWith('>') ? text : dtype.kind.startsWith('vlen-') ? 'object' : dataType(dtype).name
}

const fields = (descr: JsonValue[]): string => `[${descr.map(field).join(', ')}]`

function field(entry: JsonValue): string {
  const [name = null, type = null, shape] = jsonArray(entry) ?? []
  const inner = jsonArray(type)
  const text = inner ? fields(inner) : pythonRepr(short(jsonString(type) ?? ''))
  const lengths = jsonArray(shape)
  const tail =
    lengths === undefined ? '' : `, (${lengths.map(pythonRepr).join(', ')}${lengths.length === 1 ? ',' : ''})`
  return `(${pythonRepr(name)}, ${text}${tail})`
}

/** NumPy leaves out "|" inside records and calls one-byte booleans "?". */
const short = (type: string): string => (type === '|b1' ? '?' : type.replace(/^\|/, ''))
