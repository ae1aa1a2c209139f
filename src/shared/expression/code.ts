import type { DataType, ItemValue } from '../dtype/data-type'
import { ExpressionError } from '../errors'

/**
 * What an expression yields. `integer` values are numbers as long as they are safe and bigints beyond, so that they stay
 * exact; `time` is a bigint count of the steps of its data type; bytes are text of one character per byte (Latin-1).
 */
export type Kind = 'float' | 'integer' | 'bool' | 'complex' | 'text' | 'time' | 'record' | 'list' | 'other'

export interface Env {
  x: ItemValue
  index: readonly number[]
}

export type Run = (env: Env) => unknown

/** A compiled part of an expression. */
export interface Code {
  kind: Kind
  run: Run
  /** Where a message about it points. */
  at: number
  /** Its data type, for times, records and lists. */
  dtype?: DataType | undefined
  /** The same for every item: what was typed as a text or number. */
  literal?: unknown
}

export const NUMERIC: ReadonlySet<Kind> = new Set<Kind>(['float', 'integer', 'bool'])

export const WORDS: Record<Kind, string> = {
  float: 'a number',
  integer: 'an integer',
  bool: 'true or false',
  complex: 'a complex number',
  text: 'a text',
  time: 'a time',
  record: 'a record',
  list: 'a list',
  other: 'an object',
}

/** Says that a part is not of the kind that is needed there. */
export const mismatch = (code: Code, needed: string): ExpressionError =>
  new ExpressionError(`This is ${WORDS[code.kind]}, where ${needed} is needed.`, code.at)

/** A number of any kind as a double. */
export function asFloat(code: Code): (env: Env) => number {
  if (!NUMERIC.has(code.kind)) throw mismatch(code, 'a number')
  const { run } = code
  return code.kind === 'float' ? (run as (env: Env) => number) : (env) => Number(run(env))
}

/** Integers and booleans, exact. */
export function asInteger(code: Code): (env: Env) => number | bigint {
  if (code.kind !== 'integer' && code.kind !== 'bool') throw mismatch(code, 'an integer')
  const { run } = code
  return code.kind === 'integer'
    ? (run as (env: Env) => number | bigint)
    : (env) => (run(env) === true ? 1 : 0)
}

/** True or false; numbers are no conditions, so that a forgotten comparison is noticed. */
export function asCondition(code: Code): (env: Env) => boolean {
  if (code.kind !== 'bool') throw mismatch(code, 'a condition')
  return code.run as (env: Env) => boolean
}

export function asText(code: Code): (env: Env) => string {
  if (code.kind !== 'text') throw mismatch(code, 'a text')
  return code.run as (env: Env) => string
}

export type Complex = [number, number]

export function asComplex(code: Code): (env: Env) => Complex {
  if (code.kind === 'complex') return code.run as (env: Env) => Complex
  const real = asFloat(code)
  return (env) => [real(env), 0]
}

/** A bigint as a number again where that is exact: most integers are small. */
export const small = (value: bigint): number | bigint => {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}
