import { UnsupportedError } from '@shared/errors'
import type { DataTypeSpec } from '@shared/dtype/spec'

/**
 * The header of an .npy file (NEP 1) for canonical bytes: little-endian, C order. Version 1.0 where it fits, 2.0 for
 * long headers, 3.0 for field names beyond Latin-1. Throws UnsupportedError for types that .npy cannot hold without
 * pickling (items of varying length) or at all (bfloat16, the 4- to 8-bit floats).
 */
export function npyHeader(spec: DataTypeSpec, shape: readonly number[]): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]!},)` : `(${shape.join(', ')})`
  const dict = `{'descr': ${descr(spec)}, 'fortran_order': False, 'shape': ${tuple}, }`
  const unicode = /[^\0-\xff]/.test(dict)
  const text = new Uint8Array(Buffer.from(dict, unicode ? 'utf8' : 'latin1'))
  const version = unicode ? 3 : text.length + 74 < 65536 ? 1 : 2
  const fixed = version === 1 ? 10 : 12
  const total = Math.ceil((fixed + text.length + 1) / 64) * 64
  const out = new Uint8Array(total).fill(0x20)
  out.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0])
  const view = new DataView(out.buffer)
  if (version === 1) view.setUint16(8, total - fixed, true)
  else view.setUint32(8, total - fixed, true)
  out.set(text, fixed)
  out[total - 1] = 0x0a
  return out
}

const UNITS_OF_FLOAT: Partial<Record<string, number>> = { float16: 2, float32: 4, float64: 8 }

/** The type as a Python literal: `'<i4'`, or a list of fields. */
function descr(spec: DataTypeSpec): string {
  if (spec.kind === 'struct') return `[${spec.fields.map((f) => field(f.name, f.type)).join(', ')}]`
  return `'${typeString(spec)}'`
}

function field(name: string, type: DataTypeSpec): string {
  const quoted = `'${name.replace(/[\\']/g, '\\$&')}'`
  if (type.kind !== 'subarray') return `(${quoted}, ${descr(type)})`
  const shape = type.shape.length === 1 ? `(${type.shape[0]!},)` : `(${type.shape.join(', ')})`
  return `(${quoted}, ${descr(type.item)}, ${shape})`
}

function typeString(spec: DataTypeSpec): string {
  switch (spec.kind) {
    case 'bool':
      return '|b1'
    case 'int':
    case 'uint': {
      const letter = spec.kind === 'int' ? 'i' : 'u'
      return spec.bits <= 8 ? `|${letter}1` : `<${letter}${spec.bits / 8}`
    }
    case 'float': {
      const bytes = UNITS_OF_FLOAT[spec.format]
      if (bytes) return `<f${bytes}`
      throw new UnsupportedError(
        'data type',
        spec.format,
        'an .npy file cannot hold it; use raw, csv or json',
      )
    }
    case 'complex': {
      const bytes = UNITS_OF_FLOAT[spec.part]
      if (bytes && bytes >= 4) return `<c${bytes * 2}`
      throw new UnsupportedError(
        'data type',
        `complex of ${spec.part}`,
        'an .npy file cannot hold it; use raw or json',
      )
    }
    case 'datetime':
    case 'timedelta': {
      const letter = spec.kind === 'datetime' ? 'M' : 'm'
      if (spec.unit === 'generic') return `<${letter}8`
      return `<${letter}8[${spec.scale === 1 ? '' : spec.scale}${spec.unit}]`
    }
    case 'bytes':
      return `|S${spec.length}`
    case 'text':
      return `<U${spec.length}`
    case 'raw':
      return `|V${spec.length}`
    case 'subarray':
    case 'struct':
      throw new UnsupportedError(
        'data type',
        spec.kind,
        'an .npy file holds it only as a field; use raw or json',
      )
    default:
      throw new UnsupportedError(
        'data type',
        spec.kind,
        'an .npy file holds items of one size only; use csv, json or raw',
      )
  }
}
