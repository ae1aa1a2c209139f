import { ValueError } from '../errors'
import { JsonFloat, type JsonValue } from '../json/value'
import type { DataType, ItemValue } from './data-type'
import { checkFloat, formatFloat, parseFloatText } from './float-text'
import { floatBytes, floatTable, floatToBits } from './float-format'
import { exactInteger, wrongValue } from './parse-text'
import type { DataTypeSpec, FloatFormat } from './spec'
import { INT64_MAX, NAT, formatDatetime, parseDatetime, parseTimedelta } from './time'

type Spec<K extends DataTypeSpec['kind']> = Extract<DataTypeSpec, { kind: K }>

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

export function boolType(spec: Spec<'bool'>): DataType {
  const encode = (value: ItemValue): Uint8Array => {
    if (typeof value === 'boolean') return Uint8Array.of(value ? 1 : 0)
    if (value === 0 || value === 1 || value === 0n || value === 1n) return Uint8Array.of(Number(value))
    throw wrongValue(value, 'a boolean')
  }
  return {
    spec,
    name: 'bool',
    itemsize: 1,
    read: (bytes, offset) => bytes[offset] !== 0,
    encode,
    parse(text) {
      const clean = text.trim().toLowerCase()
      if (clean === 'true' || clean === '1') return Uint8Array.of(1)
      if (clean === 'false' || clean === '0') return Uint8Array.of(0)
      throw new ValueError(`"${text}" is not True or False.`)
    },
    format: (value) => (value === true ? 'True' : 'False'),
    toJson: (value) => value as boolean,
    zero: () => new Uint8Array(1),
  }
}

/** Lowest and highest value of an integer type. */
export function integerRange(spec: Spec<'int' | 'uint'>): [bigint, bigint] {
  const bits = BigInt(spec.bits)
  return spec.kind === 'int' ? [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n] : [0n, 2n ** bits - 1n]
}

/** 2 and 4 bit integers lie in one byte whose upper bits are ignored when read and copies of the sign when written. */
export function integerType(spec: Spec<'int' | 'uint'>): DataType {
  const name = `${spec.kind}${spec.bits}`
  const itemsize = Math.max(1, spec.bits / 8)
  const [low, high] = integerRange(spec)
  const write = (value: bigint, shown: string): Uint8Array => {
    if (value < low || value > high)
      throw new ValueError(`${shown} does not fit into ${name} (${low} to ${high}).`)
    const bytes = new Uint8Array(8)
    viewOf(bytes).setBigInt64(0, value, true)
    return bytes.slice(0, itemsize)
  }
  return {
    spec,
    name,
    itemsize,
    read(bytes, offset) {
      const view = viewOf(bytes)
      const signed = spec.kind === 'int'
      switch (spec.bits) {
        case 2:
        case 4: {
          const shift = 32 - spec.bits
          const word = view.getUint8(offset) << shift
          return signed ? word >> shift : word >>> shift
        }
        case 8:
          return signed ? view.getInt8(offset) : view.getUint8(offset)
        case 16:
          return signed ? view.getInt16(offset, true) : view.getUint16(offset, true)
        case 32:
          return signed ? view.getInt32(offset, true) : view.getUint32(offset, true)
        case 64:
          return signed ? view.getBigInt64(offset, true) : view.getBigUint64(offset, true)
      }
    },
    encode(value) {
      if (typeof value === 'bigint') return write(value, value.toString())
      if (typeof value === 'boolean') return write(value ? 1n : 0n, String(value))
      if (typeof value === 'number' && Number.isInteger(value)) return write(BigInt(value), String(value))
      throw wrongValue(value, 'an integer')
    },
    parse(text) {
      const value = exactInteger(text)
      if (value === undefined) throw new ValueError(`"${text}" is not an integer.`)
      return write(value, text.trim())
    },
    format: String,
    toJson: (value) => value as number | bigint,
    zero: () => new Uint8Array(itemsize),
  }
}

/** Reads one float of a format. NaN payloads are not visible in the result. */
export function readFloat(format: FloatFormat, bytes: Uint8Array, offset: number): number {
  if (format === 'float64') return viewOf(bytes).getFloat64(offset, true)
  if (format === 'float32') return viewOf(bytes).getFloat32(offset, true)
  const table = floatTable(format)
  const bits = floatBytes(format) === 1 ? bytes[offset]! : viewOf(bytes).getUint16(offset, true)
  return table[bits & (table.length - 1)]!
}

/** Canonical bytes of the nearest value; NaN is the positive quiet one. Throws ValueError where the format has none. */
export function writeFloat(format: FloatFormat, value: number, shown?: string): Uint8Array {
  const rounded = checkFloat(value, format, shown)
  const bytes = new Uint8Array(floatBytes(format))
  const view = viewOf(bytes)
  // NaN is written as bits: what a NaN of JavaScript holds is up to the machine.
  if (format === 'float64' && Number.isNaN(rounded)) view.setBigUint64(0, 0x7ff8n << 48n, true)
  else if (format === 'float64') view.setFloat64(0, rounded, true)
  else if (format === 'float32' && Number.isNaN(rounded)) view.setUint32(0, 0x7fc0_0000, true)
  else if (format === 'float32') view.setFloat32(0, rounded, true)
  else if (bytes.length === 2) view.setUint16(0, floatToBits(format, rounded)!, true)
  else bytes[0] = floatToBits(format, rounded)!
  return bytes
}

/** A float as `--json` prints it: the exact double with a point or exponent, words for NaN and infinities. */
export function floatJson(value: number): JsonValue {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  const text = formatFloat(value, 'float64')
  return String(value) === text ? value : new JsonFloat(text)
}

export function floatType(spec: Spec<'float'>): DataType {
  const { format } = spec
  return {
    spec,
    name: format,
    itemsize: floatBytes(format),
    read: (bytes, offset) => readFloat(format, bytes, offset),
    encode: (value) => writeFloat(format, toNumber(value)),
    parse: (text) => writeFloat(format, parseFloatText(text, format)),
    format: (value) => formatFloat(value as number, format),
    toJson: (value) => floatJson(value as number),
    zero: () => new Uint8Array(floatBytes(format)),
  }
}

/** Datetimes read as int64 ticks; they print and parse in ISO form, durations as their count. */
export function timeType(spec: Spec<'datetime' | 'timedelta'>): DataType {
  const moment = spec.kind === 'datetime'
  const unit = spec.unit === 'generic' ? '' : `[${spec.scale === 1 ? '' : spec.scale}${spec.unit}]`
  const write = (ticks: bigint): Uint8Array => {
    if (ticks < NAT || ticks > INT64_MAX)
      throw new ValueError(`${ticks} does not fit into the 64 bits of a ${spec.kind}.`)
    const bytes = new Uint8Array(8)
    viewOf(bytes).setBigInt64(0, ticks, true)
    return bytes
  }
  const parse = (text: string): Uint8Array =>
    write(moment ? parseDatetime(text, spec) : parseTimedelta(text, spec))
  const format = (value: ItemValue): string => {
    if (moment) return formatDatetime(value as bigint, spec)
    return value === NAT ? 'NaT' : (value as bigint).toString()
  }
  return {
    spec,
    name: (moment ? 'datetime64' : 'timedelta64') + unit,
    itemsize: 8,
    read: (bytes, offset) => viewOf(bytes).getBigInt64(offset, true),
    encode(value) {
      if (typeof value === 'bigint') return write(value)
      if (typeof value === 'number' && Number.isSafeInteger(value)) return write(BigInt(value))
      if (typeof value === 'string') return parse(value)
      throw wrongValue(value, moment ? 'a date or time' : 'a duration')
    },
    parse,
    format,
    toJson(value) {
      return moment || value === NAT ? format(value) : (value as bigint)
    },
    zero: () => new Uint8Array(8),
  }
}

/** A JavaScript number, integer or boolean as a double. Throws ValueError for anything else. */
export function toNumber(value: ItemValue): number {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value)
  if (value instanceof JsonFloat) return value.value
  throw wrongValue(value, 'a number')
}
