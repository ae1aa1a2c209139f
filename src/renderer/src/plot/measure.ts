import { isWide, readNumbers, type ComplexPart, type Numbers } from '@shared/dtype/numbers'
import type { DataType } from '@shared/dtype/data-type'
import { dataType } from '@shared/dtype/registry'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { NAT } from '@shared/dtype/time'
import type { Exact, PlotValue } from '@shared/model/plots'
import type { CfPacking } from '../slicer/cf-packing'
import type { Scale } from './scale'
import { tickText } from './scale'
import { wideTicks } from './wide-ticks'

/**
 * How the items of an array become numbers on an axis. 64-bit integers and times are drawn as distances from a base,
 * because doubles would round them; what a person reads is always made from the exact value.
 */
export interface Measure {
  dtype: DataTypeSpec
  part: ComplexPart
  /** What requests ask for. */
  value: PlotValue
  /** Numbers are distances from a base that `baseOf` chooses. */
  isWide: boolean
  /** Where to draw the numbers; NaN where there is no value. */
  toPlot: (numbers: Numbers, base: bigint) => Float64Array
  /** A single number: an edge, an extreme. */
  place: (value: Exact, base: bigint) => number
  /** What a place stands for, undoing `place`, as the engine takes it. */
  stored: (place: number, base: bigint) => Exact
  /** As a person reads it, exactly. */
  text: (value: Exact) => string
  /** What a person typed, as the engine takes it; null where it is no number of this kind. */
  exact: (text: string) => Exact | null
  /** The same as a place. */
  parse: (text: string, base: bigint) => number | null
  /** Places and texts of about `count` ticks. */
  ticks: (min: number, max: number, count: number, scale: Scale, base: bigint) => Tick[]
}

export interface Tick {
  at: number
  text: string
}

export interface MeasureOptions {
  dtype: DataTypeSpec
  part: ComplexPart
  field: string | null
  /** Null shows what is stored. */
  packing: CfPacking | null
  countMissing: boolean
}

/** What is plotted of items of a data type: which numbers they are, and how they are written. */
export function measure({ dtype, part, field, packing, countMissing }: MeasureOptions): Measure {
  const type = dataType(dtype)
  const isTime = dtype.kind === 'datetime' || dtype.kind === 'timedelta'
  const scale = packing?.scale ?? 1
  const offset = packing?.offset ?? 0
  const isPacked = scale !== 1 || offset !== 0
  const time = packing?.time ?? null
  const wide = isWide(dtype) && !isPacked
  const masks = maskedNumbers(dtype, packing?.masked ?? [])

  const place = (value: Exact, base: bigint): number => {
    if (masks.numbers.includes(value)) return NaN
    if (typeof value !== 'bigint') return value * scale + offset
    if (isTime && value === NAT) return NaN
    return wide ? Number(value - base) : Number(value) * scale + offset
  }
  const text = (value: Exact): string => {
    if (time) return time(isPacked ? Number(value) * scale + offset : value) ?? String(value)
    if (isPacked) return tickText(Number(value) * scale + offset)
    if (dtype.kind === 'bool') return value === 0 ? 'False' : value === 1 ? 'True' : String(value)
    if (dtype.kind === 'complex') return tickText(Number(value))
    return isItem(type, value) ? type.format(value) : tickText(Number(value))
  }
  const stored = (at: number, base: bigint): Exact => {
    if (wide) return base + BigInt(Math.round(at))
    const raw = (at - offset) / scale
    return isWide(dtype) ? BigInt(Math.round(raw)) : raw
  }
  const exact = (typed: string): Exact | null => {
    const clean = typed.trim().replace('−', '-')
    try {
      if (isTime) return readNumbers(dtype, type.parse(clean))[0] ?? null
      if (wide && /^[+-]?\d+$/.test(clean)) return BigInt(clean)
    } catch {
      return null
    }
    const number = Number(clean)
    return clean === '' || !Number.isFinite(number) ? null : stored(number, 0n)
  }
  return {
    dtype,
    part,
    value: {
      ...(field === null ? {} : { field }),
      ...(dtype.kind === 'complex' ? { part } : {}),
      ...(masks.texts.length > 0 ? { masked: masks.texts } : {}),
      ...(countMissing ? { countMissing } : {}),
    },
    isWide: wide,
    toPlot(numbers, base) {
      if (numbers instanceof Float64Array && !isPacked && masks.numbers.length === 0) return numbers
      const places = new Float64Array(numbers.length)
      for (let i = 0; i < places.length; i++) places[i] = place(numbers[i] ?? NaN, base)
      return places
    },
    place,
    stored,
    text,
    exact,
    parse(typed, base) {
      const found = exact(typed)
      return found === null ? null : place(found, base)
    },
    ticks(min, max, count, axis, base) {
      if (wide && axis.kind === 'linear')
        return wideTicks(min, max, count, base, dtype).map((at) => ({ at, text: text(stored(at, base)) }))
      // Between whole numbers there are no values.
      const isWhole = ['bool', 'int', 'uint'].includes(dtype.kind) && !isPacked && axis.kind === 'linear'
      const shown = (at: number): string =>
        time || wide || dtype.kind === 'bool' ? text(stored(at, base)) : tickText(at)
      return axis
        .ticks(min, max, isWhole ? Math.min(count, Math.max(1, max - min)) : count)
        .filter((at) => !isWhole || Number.isInteger(at))
        .map((at) => ({ at, text: shown(at) }))
    },
  }
}

/** Edges and ends of ranges are numbers between the items that a type can hold. */
function isItem(type: DataType, value: Exact): boolean {
  if (type.spec.kind === 'float') return Object.is(type.read(type.encode(value), 0), value)
  return typeof value === 'bigint' || Number.isInteger(value)
}

/** The smallest of 64-bit numbers, from which the others are drawn; 0 for doubles. */
export function baseOf(isUsed: (i: number) => boolean, ...lists: readonly Numbers[]): bigint {
  let base: bigint | null = null
  for (const list of lists) {
    if (list instanceof Float64Array) return 0n
    for (let i = 0; i < list.length; i++) {
      const value = list[i] ?? NAT
      if (value !== NAT && (base === null || value < base) && isUsed(i)) base = value
    }
  }
  return base ?? 0n
}

/** Attributes may name values that the type cannot hold; those cannot occur. */
function maskedNumbers(dtype: DataTypeSpec, texts: readonly string[]): { texts: string[]; numbers: Exact[] } {
  const type = dataType(dtype)
  const known = texts.flatMap((text) => {
    try {
      const number = readNumbers(dtype, type.parse(text))[0]
      return number === undefined || dtype.kind === 'complex' ? [] : [{ text, number }]
    } catch {
      return []
    }
  })
  return { texts: known.map((m) => m.text), numbers: known.map((m) => m.number) }
}
