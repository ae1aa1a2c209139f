import { floatBits } from '@shared/dtype/float-format'
import type { DataTypeSpec, FloatFormat } from '@shared/dtype/spec'
import { packed, swapped } from './bytes'
import type { CodecDefinition, ItemFormat } from './codec'
import type { Configuration } from './configuration'
import { canonical } from './layout'
import { numpyItem } from './numpy-dtype'

/**
 * Rounds away low bits so that what follows compresses better; decoding changes nothing. Floats keep `keepbits` bits of
 * their mantissa, half going to even; integers keep as many from their highest set bit on. NaNs stay as they are.
 */
export const bitround: CodecDefinition = {
  name: 'bitround',
  aliases: ['numcodecs.bitround'],
  about: 'low bits rounded away',
  bindArrayToArray(configuration, input) {
    const round = rounder(configuration, input.dtype)
    const encode = (data: Uint8Array): Uint8Array => round(data)
    return {
      output: { ...input, fill: input.fill && encode(input.fill) },
      encode: (chunk) => packed(input, encode(canonical(chunk).data)),
      decode: (chunk) => chunk,
    }
  },
  bindBytesToBytes(configuration, input) {
    const { dtype, bigEndian } = itemFormat(configuration, input.item)
    const round = rounder(configuration, dtype)
    const { bits } = layoutOf(configuration, dtype)
    const unit = (bits / 8) as 1 | 2 | 4 | 8
    const ordered = (bytes: Uint8Array): Uint8Array =>
      bigEndian && unit > 1 ? swapped(bytes, unit, [{ offset: 0, unit, count: 1 }]) : bytes
    return {
      output: { ...input, item: { dtype, bigEndian } },
      encode: (bytes) => ordered(round(ordered(bytes))),
      decode: (bytes) => bytes,
    }
  },
}

function itemFormat(configuration: Configuration, item: ItemFormat | undefined): ItemFormat {
  if (configuration.get('dtype') !== undefined) return numpyItem(configuration.text('dtype'))
  return item ?? configuration.fail('dtype', 'must be given, as the codec before leaves it open')
}

interface NumberLayout {
  readonly bits: 8 | 16 | 32 | 64
  /** Undefined for integers. */
  readonly mantissa?: number
}

function layoutOf(configuration: Configuration, dtype: DataTypeSpec): NumberLayout {
  const mantissas: Partial<Record<FloatFormat, number>> = {
    float16: 10,
    float32: 23,
    float64: 52,
    bfloat16: 7,
  }
  if ((dtype.kind === 'int' || dtype.kind === 'uint') && dtype.bits >= 8)
    return { bits: dtype.bits as NumberLayout['bits'] }
  if (dtype.kind === 'datetime' || dtype.kind === 'timedelta') return { bits: 64 }
  const format = dtype.kind === 'float' ? dtype.format : dtype.kind === 'complex' ? dtype.part : undefined
  const mantissa = format && mantissas[format]
  if (mantissa === undefined)
    return configuration.fail('', `cannot round items of type ${format ?? dtype.kind}`)
  return { bits: floatBits(format!) as NumberLayout['bits'], mantissa }
}

/** Rounds canonical bytes into a copy. */
function rounder(configuration: Configuration, dtype: DataTypeSpec): (data: Uint8Array) => Uint8Array {
  const { bits, mantissa } = layoutOf(configuration, dtype)
  const keep = configuration.integer('keepbits', { min: mantissa === undefined ? 1 : 0, max: 64 })
  const signed = dtype.kind !== 'uint'
  return (data) => {
    const copy = new Uint8Array(data)
    if (mantissa === undefined) roundWords(copy, bits, (word) => roundInteger(word, bits, keep, signed))
    else if (keep < mantissa) roundFloats(copy, bits, mantissa, keep)
    return copy
  }
}

function roundWords(copy: Uint8Array, bits: NumberLayout['bits'], round: (word: bigint) => bigint): void {
  const words = bits === 64 ? new BigUint64Array(copy.buffer) : smallWords(copy, bits)
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    words[i] = typeof word === 'bigint' ? round(word) : Number(round(BigInt(word)))
  }
}

const smallWords = (copy: Uint8Array, bits: 8 | 16 | 32): Uint8Array | Uint16Array | Uint32Array =>
  bits === 8 ? copy : bits === 16 ? new Uint16Array(copy.buffer) : new Uint32Array(copy.buffer)

function roundFloats(copy: Uint8Array, bits: NumberLayout['bits'], mantissa: number, keep: number): void {
  const drop = mantissa - keep
  const infinity = (2 ** (bits - 1 - mantissa) - 1) * 2 ** mantissa
  if (bits === 64) {
    const magnitude = 2n ** 63n - 1n
    const isNaN = (word: bigint): boolean => (word & magnitude) > infinity
    roundWords(copy, bits, (word) => (isNaN(word) ? word : halfEven(word, BigInt(drop))))
    return
  }
  const words = smallWords(copy, bits)
  const [magnitude, half] = [2 ** (bits - 1) - 1, 2 ** (drop - 1) - 1]
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    const up = ((word >>> drop) & 1) + half
    if ((word & magnitude) <= infinity) words[i] = ((word + up) >>> drop) << drop
  }
}

/** The bits above `drop`, rounded up where the rest is more than half, or half and they are odd. */
const halfEven = (word: bigint, drop: bigint): bigint => {
  const up = ((word >> drop) & 1n) + (1n << (drop - 1n)) - 1n
  return ((word + up) >> drop) << drop
}

/** Rounds the magnitude; where it would no longer fit, the dropped bits are cut off instead. */
function roundInteger(word: bigint, bits: number, keep: number, signed: boolean): bigint {
  const value = signed ? BigInt.asIntN(bits, word) : word
  const magnitude = value < 0n ? -value : value
  const drop = magnitude.toString(2).length - keep
  if (drop <= 0) return word
  const rounded = halfEven(magnitude, BigInt(drop))
  const limit = 1n << BigInt(signed ? bits - 1 : bits)
  const kept =
    rounded < limit || (value < 0n && rounded === limit)
      ? rounded
      : (magnitude >> BigInt(drop)) << BigInt(drop)
  return BigInt.asUintN(bits, value < 0n ? -kept : kept)
}
