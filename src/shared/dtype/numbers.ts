import type { DataTypeSpec } from './spec'
import { readTyped } from './typed'

/** Items as numbers, one each: doubles where these hold every value exactly, 64-bit integers otherwise. */
export type Numbers = Float64Array | BigInt64Array | BigUint64Array

/** What of a complex number is taken. */
export const COMPLEX_PARTS = ['magnitude', 'phase', 'real', 'imaginary'] as const
export type ComplexPart = (typeof COMPLEX_PARTS)[number]

/** Data types whose items are numbers, or can be taken for numbers: bool as 0 and 1, times as ticks. */
export const isNumeric = (spec: DataTypeSpec): boolean =>
  ['bool', 'int', 'uint', 'float', 'complex', 'datetime', 'timedelta'].includes(spec.kind)

/** Data types whose numbers are 64-bit integers (see Numbers). */
export const isWide = (spec: DataTypeSpec): boolean =>
  spec.kind === 'datetime' ||
  spec.kind === 'timedelta' ||
  ((spec.kind === 'int' || spec.kind === 'uint') && spec.bits === 64)

/**
 * Canonical items as numbers, in their order. `part` is for complex types, the magnitude when absent; the phase is in
 * radians. Throws TypeError for a data type that is not numeric.
 */
export function readNumbers(spec: DataTypeSpec, data: Uint8Array, part: ComplexPart = 'magnitude'): Numbers {
  if (!isNumeric(spec)) throw new TypeError(`items of ${spec.kind} are no numbers`)
  const typed = readTyped(spec, data)
  if (typed instanceof BigInt64Array || typed instanceof BigUint64Array) return typed
  const numbers = typed instanceof Float64Array ? typed : new Float64Array(typed as Float32Array)
  return spec.kind === 'complex' ? partsOf(numbers, part) : numbers
}

function partsOf(pairs: Float64Array, part: ComplexPart): Float64Array {
  const take = {
    real: (re: number) => re,
    imaginary: (_re: number, im: number) => im,
    magnitude: Math.hypot,
    phase: (re: number, im: number) => Math.atan2(im, re),
  }[part]
  const found = new Float64Array(pairs.length / 2)
  for (let i = 0; i < found.length; i++) found[i] = take(pairs[2 * i]!, pairs[2 * i + 1]!)
  return found
}
