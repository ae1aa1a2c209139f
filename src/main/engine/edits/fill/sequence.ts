import { UsageError, ValueError } from '@shared/errors'
import { dataType } from '@shared/dtype/registry'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { product } from '@shared/selection/counts'
import { placesIn, cellsOf, indexIn, type Box, type BoxItems, type Fill } from './box'
import { arithmeticOf, doesNotFit, floatItems, wholeItems } from './numbers'

type Of<K extends Fill['kind']> = Extract<Fill, { kind: K }>

const DOUBLE: DataTypeSpec = { kind: 'float', format: 'float64' }
const DOUBLES: DataTypeSpec = { kind: 'complex', part: 'float64' }

/** start, start + step, … in C order over a region; whole numbers and times are exact. */
export function arangeItems(
  { start, step }: Of<'arange'>,
  dtype: DataTypeSpec,
  shape: readonly number[],
): BoxItems {
  switch (arithmeticOf(dtype, 'A sequence')) {
    case 'whole': {
      const [first, by] = [wholeOf(start, dtype), stepOf(step, dtype)]
      return exact(dtype, shape, (place) => first + by * BigInt(place))
    }
    case 'complex': {
      const [first, by] = [pairOf(start), pairOf(step)]
      return linear(dtype, shape, (place, part) => first[part] + place * by[part])
    }
    case 'float': {
      const [first, by] = [doubleOf(start), doubleOf(step)]
      return linear(dtype, shape, (place) => first + place * by)
    }
  }
}

/** From start to stop, both included, evenly in C order over a region. Whole numbers that it would have to round are refused. */
export function linspaceItems(
  { start, stop }: Of<'linspace'>,
  dtype: DataTypeSpec,
  shape: readonly number[],
): BoxItems {
  const last = product(shape) - 1
  const between = (from: number, to: number, place: number): number =>
    place === last && last > 0 ? to : from + (place * (to - from)) / Math.max(1, last)
  switch (arithmeticOf(dtype, 'A sequence')) {
    case 'whole': {
      const [first, span] = [wholeOf(start, dtype), wholeOf(stop, dtype) - wholeOf(start, dtype)]
      const steps = BigInt(Math.max(1, last))
      return exact(dtype, shape, (place, index) => {
        const scaled = span * BigInt(place)
        if (scaled % steps === 0n) return first + scaled / steps
        const type = dataType(dtype)
        const words = `A value between ${type.format(asItem(first + scaled / steps, dtype))} and the next`
        throw doesNotFit(words, dtype, index())
      })
    }
    case 'complex': {
      const [from, to] = [pairOf(start), pairOf(stop)]
      return linear(dtype, shape, (place, part) => between(from[part], to[part], place))
    }
    case 'float': {
      const [from, to] = [doubleOf(start), doubleOf(stop)]
      return linear(dtype, shape, (place) => between(from, to, place))
    }
  }
}

function exact(
  dtype: DataTypeSpec,
  shape: readonly number[],
  at: (place: number, index: () => number[]) => bigint,
): BoxItems {
  const read = (box: Box): ReturnType<BoxItems['read']> => {
    const places = placesIn(shape, box)
    return wholeItems(box, places.length, (i) => at(places[i]!, () => indexIn(box)(i)), dtype)
  }
  return { needsPresent: false, read }
}

function linear(
  dtype: DataTypeSpec,
  shape: readonly number[],
  at: (place: number, part: 0 | 1) => number,
): BoxItems {
  const isComplex = dtype.kind === 'complex'
  const read = (box: Box): ReturnType<BoxItems['read']> => {
    const places = placesIn(shape, box)
    if (!isComplex)
      return floatItems(
        box,
        places.map((place) => at(place, 0)),
        dtype,
      )
    const values = new Float64Array(2 * cellsOf(box))
    places.forEach((place, i) => {
      values[2 * i] = at(place, 0)
      values[2 * i + 1] = at(place, 1)
    })
    return floatItems(box, values, dtype, DOUBLES)
  }
  return { needsPresent: false, read }
}

/** A value of the type as a whole number: its ticks where it is a time. */
export function wholeOf(text: string, dtype: DataTypeSpec): bigint {
  const type = dataType(dtype)
  const value = type.read(type.parse(text), 0)
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value === 'number' || typeof value === 'bigint') return BigInt(value)
  throw new ValueError(`"${text}" is no value that a sequence can begin with.`)
}

/** A distance between values: it may be negative where the values may not. */
function stepOf(text: string, dtype: DataTypeSpec): bigint {
  if (dtype.kind === 'datetime' || dtype.kind === 'timedelta')
    return wholeOf(text, { kind: 'timedelta', unit: dtype.unit, scale: dtype.scale })
  if (!/^\s*[+-]?\d+\s*$/.test(text))
    throw new UsageError(`"${text}" is no whole number; steps between whole numbers are whole.`)
  return BigInt(text.trim().replace(/^\+/, ''))
}

export function doubleOf(text: string): number {
  const type = dataType(DOUBLE)
  return type.read(type.parse(text), 0) as number
}

function pairOf(text: string): [number, number] {
  const type = dataType(DOUBLES)
  return type.read(type.parse(text), 0) as [number, number]
}

const asItem = (value: bigint, dtype: DataTypeSpec): bigint | number | boolean =>
  dtype.kind === 'bool'
    ? value !== 0n
    : dtype.kind === 'int' || dtype.kind === 'uint'
      ? dtype.bits < 64
        ? Number(value)
        : value
      : value
