import { NAT } from '../dtype/time'
import { ExpressionError } from '../errors'
import {
  asComplex,
  asFloat,
  asInteger,
  asText,
  type Code,
  type Complex,
  type Env,
  type Kind,
  mismatch,
  NUMERIC,
  small,
  WORDS,
} from './code'
import type { Operator } from './syntax'

/** A two-sided operator over compiled sides. Throws ExpressionError where the kinds do not go together. */
export function binary(op: Operator, left: Code, right: Code, at: number): Code {
  const isInteger = (kind: Kind): boolean => kind === 'integer' || kind === 'bool'
  if (left.kind === 'time' || right.kind === 'time') return timeSum(op, left, right, at)
  if (left.kind === 'text' && right.kind === 'text' && op === '+') {
    const [a, b] = [asText(left), asText(right)]
    return { kind: 'text', at, run: (env) => a(env) + b(env) }
  }
  if (op === '&' || op === '|' || op === '^') return bitwise(op, left, right, at)
  if (left.kind === 'complex' || right.kind === 'complex') return complexBinary(op, left, right, at)
  if (!NUMERIC.has(left.kind) || !NUMERIC.has(right.kind))
    throw new ExpressionError(`"${op}" does not go with ${WORDS[left.kind]} and ${WORDS[right.kind]}.`, at)
  if (op !== '/' && isInteger(left.kind) && isInteger(right.kind)) {
    const [a, b] = [asInteger(left), asInteger(right)]
    const [fast, exact] = INTEGERS[op]
    return { kind: 'integer', at, run: (env) => integer(fast, exact, a(env), b(env), at) }
  }
  const [a, b] = [asFloat(left), asFloat(right)]
  const compute = FLOATS[op]
  return { kind: 'float', at, run: (env) => compute(a(env), b(env)) }
}

type Plain = Exclude<Operator, '&' | '|' | '^'>

const FLOATS: Record<Plain, (a: number, b: number) => number> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '//': (a, b) => Math.floor(a / b),
  '%': (a, b) => (b === Infinity && a >= 0 && a < b ? a : a - Math.floor(a / b) * b),
  '**': (a, b) => a ** b,
}

/** The same over integers: in doubles where the result is safe, else over bigints. */
const INTEGERS: Record<
  Exclude<Plain, '/'>,
  [(a: number, b: number) => number, (a: bigint, b: bigint, at: number) => bigint]
> = {
  '+': [(a, b) => a + b, (a, b) => a + b],
  '-': [(a, b) => a - b, (a, b) => a - b],
  '*': [(a, b) => a * b, (a, b) => a * b],
  '//': [(a, b) => Math.floor(a / b), (a, b, at) => floorDivide(a, b, at)],
  '%': [(a, b) => a - Math.floor(a / b) * b, (a, b, at) => a - floorDivide(a, b, at) * b],
  '**': [() => NaN, power],
}

function integer(
  fast: (a: number, b: number) => number,
  exact: (a: bigint, b: bigint, at: number) => bigint,
  a: number | bigint,
  b: number | bigint,
  at: number,
): number | bigint {
  if (typeof a === 'number' && typeof b === 'number') {
    const result = fast(a, b)
    if (Number.isSafeInteger(result)) return result
  }
  return small(exact(BigInt(a), BigInt(b), at))
}

function floorDivide(a: bigint, b: bigint, at: number): bigint {
  if (b === 0n) throw new ExpressionError('An integer is divided by zero.', at)
  const quotient = a / b
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient
}

/** More bits than this are no value of any data type. */
const MAX_BITS = 4096n

function power(a: bigint, b: bigint, at: number): bigint {
  if (b < 0n)
    throw new ExpressionError('An integer has no negative integer power; write the base as 2.0.', at)
  const bits = BigInt((a < 0n ? -a : a).toString(2).length)
  if (a !== 0n && a !== 1n && a !== -1n && bits * b > MAX_BITS)
    throw new ExpressionError('The power is too large for an integer; write the base as 2.0.', at)
  return a ** b
}

function bitwise(op: '&' | '|' | '^', left: Code, right: Code, at: number): Code {
  if (left.kind === 'bool' && right.kind === 'bool') {
    const [a, b] = [left.run as (env: Env) => boolean, right.run as (env: Env) => boolean]
    if (op === '&') return { kind: 'bool', at, run: (env) => a(env) && b(env) }
    if (op === '|') return { kind: 'bool', at, run: (env) => a(env) || b(env) }
    return { kind: 'bool', at, run: (env) => a(env) !== b(env) }
  }
  const [a, b] = [asInteger(left), asInteger(right)]
  const compute = BITS[op]
  return { kind: 'integer', at, run: (env) => small(compute(BigInt(a(env)), BigInt(b(env)))) }
}

const BITS = {
  '&': (a: bigint, b: bigint) => a & b,
  '|': (a: bigint, b: bigint) => a | b,
  '^': (a: bigint, b: bigint) => a ^ b,
}

/** Steps may be added to and taken from a time; the difference of two times is a count of steps. NaT stays NaT. */
function timeSum(op: Operator, left: Code, right: Code, at: number): Code {
  const isDifference = op === '-' && left.kind === 'time' && right.kind === 'time'
  if (isDifference) {
    const [a, b] = [left.run as (env: Env) => bigint, right.run as (env: Env) => bigint]
    return { kind: 'integer', at, run: (env) => small(a(env) - b(env)) }
  }
  const [time, steps] = left.kind === 'time' ? [left, right] : [right, left]
  if ((op !== '+' && op !== '-') || (op === '-' && left.kind !== 'time'))
    throw new ExpressionError(`"${op}" does not go with times; add or subtract integers.`, at)
  const [a, b] = [time.run as (env: Env) => bigint, asInteger(steps)]
  const sign = op === '-' ? -1n : 1n
  const run = (env: Env): bigint => {
    const ticks = a(env)
    return ticks === NAT ? ticks : ticks + sign * BigInt(b(env))
  }
  return { kind: 'time', dtype: time.dtype, at, run }
}

function complexBinary(op: Operator, left: Code, right: Code, at: number): Code {
  const [a, b] = [asComplex(left), asComplex(right)]
  const compute = (COMPLEX as Partial<Record<Operator, (a: Complex, b: Complex) => Complex>>)[op]
  if (!compute) throw new ExpressionError(`"${op}" does not go with complex numbers.`, at)
  return { kind: 'complex', at, run: (env) => compute(a(env), b(env)) }
}

const COMPLEX = {
  '+': ([a, b]: Complex, [c, d]: Complex): Complex => [a + c, b + d],
  '-': ([a, b]: Complex, [c, d]: Complex): Complex => [a - c, b - d],
  '*': ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c],
  '/': ([a, b]: Complex, [c, d]: Complex): Complex => {
    const size = c * c + d * d
    return [(a * c + b * d) / size, (b * c - a * d) / size]
  },
}

/** `-`, `+` and `~` before a part. */
export function unary(op: '-' | '+' | '~', of: Code, at: number): Code {
  if (op === '~' && of.kind === 'bool') {
    const run = of.run as (env: Env) => boolean
    return { kind: 'bool', at, run: (env) => !run(env) }
  }
  if (op === '~') {
    const run = asInteger(of)
    return { kind: 'integer', at, run: (env) => small(-BigInt(run(env)) - 1n) }
  }
  if (of.kind === 'complex') {
    if (op === '+') return of
    const run = of.run as (env: Env) => Complex
    return { kind: 'complex', at, run: (env) => run(env).map((part) => -part) }
  }
  if (!NUMERIC.has(of.kind)) throw mismatch(of, 'a number')
  if (of.kind === 'float') {
    const run = asFloat(of)
    return op === '+' ? of : { kind: 'float', at, run: (env) => -run(env) }
  }
  const run = asInteger(of)
  // A negative zero would print as one.
  return { kind: 'integer', at, run: op === '+' ? run : (env) => negated(run(env)) }
}

const negated = (value: number | bigint): number | bigint => (value === 0 ? 0 : -value)
