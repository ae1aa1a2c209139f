import { ValueError } from '@shared/errors'
import type { DataType, ItemValue } from '@shared/dtype/data-type'
import { concatBytes } from '@shared/dtype/concat-bytes'
import { floatTable } from '@shared/dtype/float-format'
import { fixedItemSize, itemSize, sameType } from '@shared/dtype/itemsize'
import { dataType } from '@shared/dtype/registry'
import { integerRange } from '@shared/dtype/simple-types'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { castNumbers } from '../../codecs/numpy-cast'
import { isReal, loadNumbers, storeNumbers, type Numbers, type RealType } from '../../codecs/numbers'

/**
 * `same_kind` (the default): a value that the type cannot hold is refused; floats round to the nearest one in range.
 * `unsafe`: as NumPy's `astype`, fractions are cut off, integers wrap, imaginary parts are dropped.
 */
export type Casting = 'same_kind' | 'unsafe'

/** Canonical items; `offsets` where they vary in length. */
export interface Items {
  data: Uint8Array
  offsets?: Uint32Array
}

/**
 * Canonical items of one data type as those of another. The input is not changed; where the types agree it is handed
 * back. Throws ValueError that names the first value which does not fit.
 */
export function castItems(items: Items, from: DataTypeSpec, to: DataTypeSpec, casting: Casting): Items {
  if (sameType(from, to)) return items
  if (isReal(from) && isReal(to)) return { data: castReal(items.data, from, to, casting) }
  if (from.kind === 'complex' && to.kind === 'complex')
    return { data: castReal(items.data, partOf(from), partOf(to), casting) }
  if (isReal(from) && to.kind === 'complex')
    return { data: interleaved(castReal(items.data, from, partOf(to), casting), fixedItemSize(partOf(to))) }
  if (from.kind === 'complex' && isReal(to))
    return { data: castReal(realParts(items.data, from, casting), partOf(from), to, casting) }
  return encodeItems(values(items, from), dataType(to), convert(from, to))
}

/** Items given as JavaScript values. Throws ValueError as the data type does. */
export function encodeItems(
  values: Iterable<ItemValue>,
  to: DataType,
  prepare: (value: ItemValue) => ItemValue = (value) => value,
): Items {
  const parts = Array.from(values, (value) => to.encode(prepare(value)))
  const data = concatBytes(parts)
  if (to.itemsize !== null) return { data }
  const offsets = new Uint32Array(parts.length + 1)
  parts.forEach((part, i) => (offsets[i + 1] = offsets[i]! + part.length))
  return { data, offsets }
}

type Complex = Extract<DataTypeSpec, { kind: 'complex' }>

const partOf = ({ part }: Complex): RealType & { kind: 'float' } => ({ kind: 'float', format: part })

function castReal(data: Uint8Array, from: RealType, to: RealType, casting: Casting): Uint8Array {
  const numbers = loadNumbers(from, data)
  const cast = castNumbers(numbers, to)
  if (casting === 'same_kind') checkFits(numbers, cast, to)
  else if (to.kind !== 'float' && to.kind !== 'bool' && to.bits < 8) narrow(cast as Int8Array, to)
  return storeNumbers(to, cast)
}

/** Integers of 2 and 4 bits wrap as wider ones do. */
function narrow(numbers: Int8Array | Uint8Array, to: RealType & { kind: 'int' | 'uint' }): void {
  const unused = 32 - to.bits
  for (let i = 0; i < numbers.length; i++)
    numbers[i] = to.kind === 'int' ? (numbers[i]! << unused) >> unused : (numbers[i]! << unused) >>> unused
}

/** Integers must be whole and in range, floats in range. */
function checkFits(numbers: Numbers, cast: Numbers, to: RealType): void {
  const refuse = (value: number | bigint): never => {
    throw new ValueError(
      `${String(value)} does not fit into ${dataType(to).name}; cast with casting "unsafe" to write it all the same.`,
    )
  }
  if (to.kind === 'float') {
    // A format without infinities (or without NaN) has no code for them.
    const special = cast instanceof Float32Array || to.format === 'float64' ? undefined : specials(to)
    for (let i = 0; i < cast.length; i++) {
      const made = cast[i] as number
      if (made - made === 0) continue
      const given = Number(numbers[i])
      if (given - given === 0 || (special && !special.has(made))) refuse(numbers[i]!)
    }
    return
  }
  const [low, high] = to.kind === 'bool' ? [0n, 1n] : integerRange(to)
  if (isBig(numbers) || isBig(cast)) {
    for (let i = 0; i < cast.length; i++) {
      const value = numbers[i]!
      if (
        typeof value === 'number'
          ? !Number.isInteger(value) || BigInt(value) < low || BigInt(value) > high
          : value < low || value > high
      )
        refuse(value)
    }
    return
  }
  const [least, most] = [Number(low), Number(high)]
  for (let i = 0; i < cast.length; i++) {
    const value = (numbers as Float64Array)[i]!
    if (!(value >= least && value <= most && (value | 0) === value) && !isWholeBetween(value, least, most))
      refuse(value)
  }
}

const isBig = (numbers: Numbers): numbers is BigInt64Array | BigUint64Array =>
  numbers instanceof BigInt64Array || numbers instanceof BigUint64Array

const isWholeBetween = (value: number, least: number, most: number): boolean =>
  value >= least && value <= most && Number.isInteger(value)

/** NaN and infinities that a small float format has. */
const specials = (to: RealType & { kind: 'float' }): Set<number> =>
  new Set([...floatTable(to.format)].filter((value) => !Number.isFinite(value)))

/** Real parts followed by imaginary zeros. */
function interleaved(parts: Uint8Array, width: number): Uint8Array {
  const out = new Uint8Array(2 * parts.length)
  for (let at = 0; at < parts.length; at += width) out.set(parts.subarray(at, at + width), 2 * at)
  return out
}

function realParts(data: Uint8Array, from: Complex, casting: Casting): Uint8Array {
  const size = fixedItemSize(partOf(from))
  const out = new Uint8Array(data.length / 2)
  for (let at = 0; at < out.length; at += size) {
    out.set(data.subarray(2 * at, 2 * at + size), at)
    if (casting === 'same_kind' && data.subarray(2 * at + size, 2 * at + 2 * size).some((byte) => byte !== 0))
      throw new ValueError(
        'A complex number has an imaginary part, which a real type cannot hold; cast with casting "unsafe" to drop it.',
      )
  }
  return out
}

function* values({ data, offsets }: Items, from: DataTypeSpec): Generator<ItemValue> {
  const type = dataType(from)
  const size = itemSize(from)
  const count = size === null ? (offsets?.length ?? 1) - 1 : size === 0 ? 0 : data.length / size
  for (let i = 0; i < count; i++)
    yield size === null ? type.read(data, offsets![i]!, offsets![i + 1]) : type.read(data, i * size)
}

/** Moments of one unit are moments of another by their text; every other pair of types meets as JavaScript values. */
function convert(from: DataTypeSpec, to: DataTypeSpec): (value: ItemValue) => ItemValue {
  if (from.kind === 'datetime' && to.kind === 'datetime') {
    const type = dataType(from)
    return (value) => type.format(value)
  }
  return (value) => value
}
