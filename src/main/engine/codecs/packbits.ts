import { floatBits, floatBytes } from '@shared/dtype/float-format'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { packed } from './bytes'
import type { CodecDefinition } from './codec'
import type { Configuration } from './configuration'
import { corrupt } from './corrupt'
import { canonical, product } from './layout'

/**
 * Some bits of every number behind one another, lowest bit first (zarr-extensions "packbits"). The number of unused bits
 * in the last byte may be stored in a byte of its own. Bits that are not stored are zero, or copies of the sign.
 */
export const packbits: CodecDefinition = {
  name: 'packbits',
  about: 'numbers of fewer than eight bits, or parts of larger ones, without gaps',
  bindArrayToBytes(configuration, input) {
    const part = partOf(configuration, input.dtype)
    const padding = configuration.oneOf('padding_encoding', ['none', 'first_byte', 'last_byte'], 'none')
    const first = configuration.integer('first_bit', { min: 0, max: part.bits - 1, fallback: 0 })
    const last = configuration.integer('last_bit', {
      min: first,
      max: part.bits - 1,
      fallback: part.bits - 1,
    })
    const fields: BitFields = {
      ...part,
      count: product(input.shape) * part.count,
      first,
      width: last - first + 1,
    }
    const usedBits = fields.count * fields.width
    const bytes = Math.ceil(usedBits / 8)
    const unused = bytes * 8 - usedBits
    const [dataAt, padAt] = padding === 'first_byte' ? [1, 0] : [0, bytes]
    const total = bytes + (padding === 'none' ? 0 : 1)
    return {
      output: { size: total },
      encode(chunk) {
        const stored = new Uint8Array(total)
        if (padding !== 'none') stored[padAt] = unused
        packFields(canonical(chunk).data, stored.subarray(dataAt, dataAt + bytes), fields)
        return stored
      },
      decode(stored) {
        if (stored.length !== total)
          throw corrupt(`it holds ${stored.length} bytes where the metadata asks for ${total}`)
        if (padding !== 'none' && stored[padAt] !== unused) {
          throw corrupt(`it states ${stored[padAt]} unused bits where there are ${unused}`)
        }
        return packed(input, unpackFields(stored.subarray(dataAt, dataAt + bytes), fields))
      },
    }
  },
}

/** A number, or one of the two of a complex item. */
interface Part {
  /** Bits that count, from the lowest on. */
  readonly bits: number
  /** Bytes in canonical form. */
  readonly bytes: number
  /** Parts of an item; of all items, in BitFields. */
  readonly count: number
  readonly signed: boolean
}

interface BitFields extends Part {
  readonly first: number
  readonly width: number
}

function partOf(configuration: Configuration, dtype: DataTypeSpec): Part {
  switch (dtype.kind) {
    case 'bool':
      return { bits: 1, bytes: 1, count: 1, signed: false }
    case 'int':
    case 'uint':
      return { bits: dtype.bits, bytes: Math.max(1, dtype.bits / 8), count: 1, signed: dtype.kind === 'int' }
    case 'float':
      return { bits: floatBits(dtype.format), bytes: floatBytes(dtype.format), count: 1, signed: false }
    case 'complex':
      return { bits: floatBits(dtype.part), bytes: floatBytes(dtype.part), count: 2, signed: false }
    default:
      return configuration.fail('', `cannot pack items of type ${dtype.kind}`)
  }
}

/** Calls back for every run of bits that lies within one byte of a number. */
function eachRun(
  fields: BitFields,
  run: (byte: number, shift: number, bits: number, stored: number) => void,
): void {
  let stored = 0
  for (let part = 0; part < fields.count; part++) {
    const end = fields.first + fields.width
    for (let bit = fields.first; bit < end;) {
      const bits = Math.min(8 - (bit & 7), end - bit)
      run(part * fields.bytes + (bit >> 3), bit & 7, bits, stored)
      bit += bits
      stored += bits
    }
  }
}

function packFields(data: Uint8Array, stored: Uint8Array, fields: BitFields): void {
  eachRun(fields, (byte, shift, bits, at) => {
    const value = ((data[byte]! >> shift) & ((1 << bits) - 1)) << (at & 7)
    stored[at >> 3]! |= value
    if (value > 0xff) stored[(at >> 3) + 1]! |= value >> 8
  })
}

function unpackFields(stored: Uint8Array, fields: BitFields): Uint8Array {
  const data = new Uint8Array(fields.count * fields.bytes)
  eachRun(fields, (byte, shift, bits, at) => {
    const window = stored[at >> 3]! | ((stored[(at >> 3) + 1] ?? 0) << 8)
    data[byte]! |= ((window >> (at & 7)) & ((1 << bits) - 1)) << shift
  })
  if (fields.signed) extendSigns(data, fields)
  return data
}

function extendSigns(data: Uint8Array, { bytes, first, width }: BitFields): void {
  const top = first + width - 1
  for (let at = 0; at < data.length; at += bytes) {
    if (((data[at + (top >> 3)]! >> (top & 7)) & 1) === 0) continue
    data[at + (top >> 3)]! |= 0xff << (top & 7)
    data.fill(0xff, at + (top >> 3) + 1, at + bytes)
  }
}
