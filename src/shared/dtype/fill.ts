import { MetadataError, ValueError } from '../errors'
import { jsonBigInt } from '../json/access'
import { stringifyJson } from '../json/stringify'
import { JsonFloat, type JsonValue } from '../json/value'
import type { ZarrFormat } from '../model/node'
import { fromBase64 } from './base64'
import { concatBytes } from './concat-bytes'
import { floatBytes } from './float-format'
import { fixedItemSize } from './itemsize'
import type { SwapRun } from './numpy-dtype'
import { dataType } from './registry'
import { writeFloat } from './simple-types'
import type { DataTypeSpec, FloatFormat } from './spec'
import { swapItems } from './swap'
import { NAT } from './time'

/**
 * A stored `fill_value` as the canonical bytes of one item; null where formats 1 and 2 say null (undefined content).
 * Accepts what the formats allow and what their programs have written besides. `swaps` are those of the stored dtype:
 * format 2 keeps records as base64 of their stored bytes. Throws MetadataError (without key) with the reason.
 */
export function parseFill(
  spec: DataTypeSpec,
  json: JsonValue,
  format: ZarrFormat,
  swaps: readonly SwapRun[] = [],
): Uint8Array | null {
  if (json === null && spec.kind !== 'object') {
    if (format !== 3) return null
    throw invalid('null is not a fill value of format 3')
  }
  try {
    const bytes = fill(spec, json)
    const stored = spec.kind === 'struct' && typeof json === 'string'
    return stored && swaps.length > 0 ? swapItems(bytes, bytes.length, swaps) : bytes
  } catch (error) {
    if (error instanceof ValueError) throw invalid(error.message.replace(/\.$/, ''), error)
    throw error
  }
}

function fill(spec: DataTypeSpec, json: JsonValue): Uint8Array {
  const type = dataType(spec)
  const wrong = (): MetadataError => invalid(`${short(json)} is not a fill value of ${type.name}`)
  switch (spec.kind) {
    case 'bool':
      if (typeof json === 'boolean') return type.encode(json)
      if (isNumber(json, 0) || isNumber(json, 1)) return type.encode(Number(numberOf(json)))
      throw wrong()
    case 'int':
    case 'uint': {
      const whole =
        json instanceof JsonFloat && Number.isSafeInteger(json.value) ? BigInt(json.value) : jsonBigInt(json)
      if (whole === undefined && typeof json !== 'boolean') throw wrong()
      return type.encode(whole ?? (json as boolean))
    }
    case 'float':
      return float(spec.format, json) ?? raise(wrong())
    case 'complex': {
      const parts = Array.isArray(json) ? json : [json, 0]
      const [re, im] = [float(spec.part, parts[0] ?? null), float(spec.part, parts[1] ?? null)]
      return parts.length === 2 && re && im ? concatBytes([re, im]) : raise(wrong())
    }
    case 'datetime':
    case 'timedelta': {
      const ticks = json === 'NaT' ? NAT : jsonBigInt(json)
      return ticks === undefined ? raise(wrong()) : type.encode(ticks)
    }
    case 'bytes':
      if (isNumber(json, 0)) return type.zero()
      return type.encode((typeof json === 'string' ? fromBase64(json) : byteList(json)) ?? raise(wrong()))
    case 'raw':
      if (isNumber(json, 0) || json === '') return type.zero()
      return type.encode((typeof json === 'string' ? fromBase64(json) : byteList(json)) ?? raise(wrong()))
    case 'text':
    case 'vlen-text':
      if (isNumber(json, 0)) return type.zero()
      return typeof json === 'string' ? type.encode(json) : raise(wrong())
    case 'vlen-bytes':
      if (isNumber(json, 0)) return type.zero()
      // zarr-python 2 wrote the text itself, 3 writes base64.
      if (typeof json === 'string') return fromBase64(json) ?? type.encode(json)
      return byteList(json) ?? raise(wrong())
    case 'struct':
      return struct(spec, json) ?? raise(wrong())
    case 'subarray':
      return concatBytes(leaves(json, spec.shape).map((leaf) => fill(spec.item, leaf)))
    case 'vlen-array':
      if (isNumber(json, 0) || json === '') return type.zero()
      return Array.isArray(json) ? concatBytes(json.map((leaf) => fill(spec.item, leaf))) : raise(wrong())
    case 'object':
      return type.encode(json as never)
  }
}

/** Fields that are missing are zero, as zarr-python reads them; a text is base64 of the whole record. */
function struct(spec: Extract<DataTypeSpec, { kind: 'struct' }>, json: JsonValue): Uint8Array | undefined {
  if (isNumber(json, 0)) return dataType(spec).zero()
  if (typeof json === 'string') {
    const bytes = fromBase64(json)
    return bytes?.length === fixedItemSize(spec) ? bytes : undefined
  }
  if (!(json instanceof Map)) return undefined
  const known = new Set(spec.fields.map(({ name }) => name))
  const unknown = [...json.keys()].find((name) => !known.has(name))
  if (unknown !== undefined) throw invalid(`the record has no field "${unknown}"`)
  return concatBytes(
    spec.fields.map(({ name, type }) => {
      const value = json.get(name)
      return value === undefined ? dataType(type).zero() : fill(type, value)
    }),
  )
}

/** A number, a word for a special one, a decimal in quotes, or the bits as big-endian hexadecimal digits. */
function float(format: FloatFormat, json: JsonValue): Uint8Array | undefined {
  if (typeof json !== 'string') {
    const value = typeof json === 'boolean' ? Number(json) : numberOf(json)
    return value === undefined ? undefined : writeFloat(format, value)
  }
  const hex = /^0x([0-9a-fA-F]+)$/.exec(json)?.[1]
  if (hex !== undefined) {
    const size = floatBytes(format)
    if (hex.length !== 2 * size)
      throw invalid(`"${json}" has not the ${2 * size} hexadecimal digits of a ${format}`)
    return Uint8Array.from({ length: size }, (_, i) => parseInt(hex.slice(2 * i, 2 * i + 2), 16)).reverse()
  }
  if (/^[+-]?(NaN|Infinity)$/.test(json)) return writeFloat(format, Number(json.replace(/^[+-]NaN$/, 'NaN')))
  return /^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$/.test(json) ? writeFloat(format, Number(json)) : undefined
}

function byteList(json: JsonValue): Uint8Array | undefined {
  if (!Array.isArray(json)) return undefined
  const bytes = json.map((value) => (typeof value === 'number' && value >= 0 && value <= 255 ? value : NaN))
  return bytes.every(Number.isInteger) ? Uint8Array.from(bytes) : undefined
}

function leaves(json: JsonValue, shape: readonly number[]): JsonValue[] {
  const [length, ...rest] = shape
  if (length === undefined) return [json]
  if (!Array.isArray(json) || json.length !== length)
    throw invalid(`${short(json)} is not a list of ${length}`)
  return json.flatMap((part) => leaves(part, rest))
}

function numberOf(json: JsonValue): number | undefined {
  if (json instanceof JsonFloat) return json.value
  return typeof json === 'number' || typeof json === 'bigint' ? Number(json) : undefined
}

const isNumber = (json: JsonValue, value: number): boolean => numberOf(json) === value

function short(json: JsonValue): string {
  const text = stringifyJson(json)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

function raise(error: Error): never {
  throw error
}

const invalid = (why: string, cause?: unknown): MetadataError =>
  new MetadataError('', 'fill_value', `${why}.`, cause === undefined ? undefined : { cause })
