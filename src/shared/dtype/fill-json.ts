import { ValueError } from '../errors'
import type { JsonValue } from '../json/value'
import type { ZarrFormat } from '../model/node'
import { toBase64 } from './base64'
import type { ItemValue } from './data-type'
import { floatBytes } from './float-format'
import { fixedItemSize } from './itemsize'
import type { SwapRun } from './numpy-dtype'
import { dataType } from './registry'
import { floatJson, readFloat, writeFloat } from './simple-types'
import type { DataTypeSpec, FloatFormat } from './spec'
import { swapItems } from './swap'

/**
 * The `fill_value` entry for one canonical item; null for null. Format 1 writes NaN and infinities as bare words, the
 * others in quotes; format 3 keeps NaN payloads as "0x…"; format 2 keeps records as base64 of their stored bytes, for
 * which `swaps` are those of the dtype. Throws ValueError for bytes and records in format 1, which cannot state them.
 */
export function fillToJson(
  spec: DataTypeSpec,
  fill: Uint8Array | null,
  format: ZarrFormat,
  swaps: readonly SwapRun[] = [],
): JsonValue {
  if (fill === null) return null
  const type = dataType(spec)
  const value = (): ItemValue => type.read(fill, 0, fill.length)
  switch (spec.kind) {
    case 'float':
      return float(spec.format, fill, 0, format)
    case 'complex':
      return [0, floatBytes(spec.part)].map((offset) => float(spec.part, fill, offset, format))
    case 'datetime':
    case 'timedelta':
      return value() as bigint
    case 'struct':
      if (format === 3) return structFill(spec, fill)
      if (format === 2) return toBase64(swapItems(fill, fill.length, swaps))
      throw new ValueError('Format 1 cannot store a fill value of records; leave it undefined.')
    case 'bytes':
    case 'raw':
      if (format === 1)
        throw new ValueError('Format 1 cannot store a fill value of bytes; leave it undefined.')
      return type.toJson(value())
    case 'subarray':
    case 'vlen-array':
    case 'bool':
    case 'int':
    case 'uint':
    case 'text':
    case 'vlen-text':
    case 'vlen-bytes':
    case 'object':
      return type.toJson(value())
  }
}

function structFill(spec: Extract<DataTypeSpec, { kind: 'struct' }>, fill: Uint8Array): JsonValue {
  const out = new Map<string, JsonValue>()
  let offset = 0
  for (const { name, type } of spec.fields) {
    const size = fixedItemSize(type)
    out.set(name, fillToJson(type, fill.subarray(offset, offset + size), 3))
    offset += size
  }
  return out
}

function float(format: FloatFormat, bytes: Uint8Array, offset: number, zarrFormat: ZarrFormat): JsonValue {
  const value = readFloat(format, bytes, offset)
  if (Number.isFinite(value)) return floatJson(value)
  if (zarrFormat === 1) return value
  if (zarrFormat === 3 && Number.isNaN(value)) {
    const stored = bytes.slice(offset, offset + floatBytes(format))
    const quiet = writeFloat(format, NaN)
    if (stored.some((byte, i) => byte !== quiet[i])) return `0x${hex(stored.reverse())}`
  }
  return floatJson(value)
}

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
