import type { ItemValue } from '../dtype/data-type'
import { NAT } from '../dtype/time'
import { ExpressionError, ValueError } from '../errors'
import { asComplex, type Code, type Env, NUMERIC, WORDS } from './code'
import type { Comparison } from './syntax'

/** Comparison of two parts, exact between integers of any size and floats; NaN and NaT equal nothing. */
export function compare(op: Comparison, left: Code, right: Code, at: number): (env: Env) => boolean {
  if (left.kind === 'time' || right.kind === 'time') return compareTimes(op, left, right)
  const bothNumbers = NUMERIC.has(left.kind) && NUMERIC.has(right.kind)
  const bothTexts = left.kind === 'text' && right.kind === 'text'
  if (bothNumbers || bothTexts) {
    const decide = SIGNS[op]
    const { run: a } = left
    const { run: b } = right
    return (env) => decide(a(env), b(env))
  }
  const isComplex = (code: Code): boolean => code.kind === 'complex' || NUMERIC.has(code.kind)
  if (isComplex(left) && isComplex(right)) {
    if (op !== '==' && op !== '!=')
      throw new ExpressionError('Complex numbers have no order; compare abs(x), real(x) or imag(x).', at)
    const [a, b] = [asComplex(left), asComplex(right)]
    return (env) => {
      const [p, q] = [a(env), b(env)]
      return (p[0] === q[0] && p[1] === q[1]) === (op === '==')
    }
  }
  throw new ExpressionError(`${sentence(WORDS[left.kind])} cannot be compared with ${WORDS[right.kind]}.`, at)
}

type Comparable = number | bigint | string | boolean

/** JavaScript compares numbers with bigints by their mathematical values, also by `==`, but not by `===`. */
const SIGNS: Record<Comparison, (a: unknown, b: unknown) => boolean> = {
  '<': (a, b) => (a as Comparable) < (b as Comparable),
  '<=': (a, b) => (a as Comparable) <= (b as Comparable),
  '>': (a, b) => (a as Comparable) > (b as Comparable),
  '>=': (a, b) => (a as Comparable) >= (b as Comparable),
  '==': (a, b) => a == b,
  '!=': (a, b) => a != b,
}

/** A time against another of the same type, or against one that was typed as text. */
function compareTimes(op: Comparison, left: Code, right: Code): (env: Env) => boolean {
  const dtype = left.dtype ?? right.dtype
  const ticks = (code: Code): ((env: Env) => bigint) => {
    if (code.kind === 'time') return code.run as (env: Env) => bigint
    if (code.kind === 'integer' || code.kind === 'bool')
      return (env) => BigInt(code.run(env) as number | bigint | boolean)
    if (typeof code.literal !== 'string' || !dtype)
      throw new ExpressionError('A time is compared with another, such as "2001-02-03".', code.at)
    try {
      const value = dtype.read(dtype.parse(code.literal), 0) as bigint
      return () => value
    } catch (error) {
      if (error instanceof ValueError) throw new ExpressionError(error.message, code.at)
      throw error
    }
  }
  const [a, b] = [ticks(left), ticks(right)]
  const decide = SIGNS[op]
  return (env) => {
    const [p, q] = [a(env), b(env)]
    if (p === NAT || q === NAT) return op === '!='
    return decide(p, q)
  }
}

/** Whether two items of one data type are the same value; NaN is the same as NaN here. */
export function sameItem(a: ItemValue, b: ItemValue): boolean {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null)
    return a === b || (a !== a && b !== b)
  if (a instanceof Uint8Array || b instanceof Uint8Array)
    return (
      a instanceof Uint8Array &&
      b instanceof Uint8Array &&
      a.length === b.length &&
      a.every((byte, i) => byte === b[i])
    )
  const [p, q] = [Object.entries(a), Object.entries(b)]
  return p.length === q.length && p.every(([key, value], i) => key === q[i]![0] && sameItem(value, q[i]![1]))
}

const sentence = (words: string): string => words[0]!.toUpperCase() + words.slice(1)
