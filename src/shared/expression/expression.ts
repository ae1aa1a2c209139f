/**
 * The language of "Fill with an expression" and "Find": Python's syntax over `x` (the value of an item), `i0`, `i1`, …
 * and dimension names (its index in the array), NumPy's function names, and nothing that could reach outside. Integers
 * of 64 bits are exact.
 */
import type { DataType, ItemValue } from '../dtype/data-type'
import { dataType } from '../dtype/registry'
import type { DataTypeSpec } from '../dtype/spec'
import { ExpressionError } from '../errors'
import { asCondition, type Code, type Env, type Kind, mismatch, WORDS } from './code'
import { compile, type Scope } from './compile'
import { FUNCTIONS } from './functions'
import { parseSyntax } from './syntax'

export interface ExpressionScope {
  /** Of the array: what `x` is, and what a value has to become. */
  dtype: DataTypeSpec
  rank: number
  dimensionNames?: readonly (string | null)[] | null | undefined
  /** For `fill` and `isfill(x)`. */
  fillValue?: ItemValue | undefined
}

export interface Expression {
  /**
   * The value for an item that is `x` now and stands at `index`, as `DataType.encode` takes it: a value that the data
   * type cannot hold is refused there. Throws ExpressionError where an item has no value (division of an integer by 0).
   */
  evaluate: (x: ItemValue, index: readonly number[]) => ItemValue
  /** It names `x`; otherwise present values need not be read. */
  usesValue: boolean
  /** It names an index; otherwise equal values give equal results. */
  usesIndex: boolean
}

/** Compiles an expression that gives new values. Throws ExpressionError. */
export function compileExpression(text: string, scope: ExpressionScope): Expression {
  const dtype = dataType(scope.dtype)
  const { code, uses } = compiled(text, scope, dtype)
  const convert = converter(code, dtype)
  const env: Env = { x: null, index: [] }
  return {
    usesValue: uses.value,
    usesIndex: uses.index,
    evaluate(x, index) {
      env.x = x
      env.index = index
      return convert(env)
    },
  }
}

export interface Predicate {
  test: (x: ItemValue, index: readonly number[]) => boolean
  usesValue: boolean
  usesIndex: boolean
}

/**
 * Compiles a condition. Besides whole expressions (`x > 300 and i0 < 5`) it may be the rest of a comparison (`> 300`),
 * a function alone (`isnan`), or one value to be equal to (`42`, `"abc"`, `nan`). Throws ExpressionError.
 */
export function compilePredicate(text: string, scope: ExpressionScope): Predicate {
  const { full, shift } = wholePredicate(text)
  const { code, uses } = at(shift, () => compiled(full, scope, dataType(scope.dtype)))
  const test = at(shift, () => asCondition(code))
  const env: Env = { x: null, index: [] }
  return {
    usesValue: uses.value,
    usesIndex: uses.index,
    test(x, index) {
      env.x = x
      env.index = index
      return test(env)
    },
  }
}

/** The whole condition that a short form stands for, and how many characters it has before what was typed. */
function wholePredicate(text: string): { full: string; shift: number } {
  const clean = text.trim()
  if (clean === '') throw new ExpressionError('Type a condition, such as > 300 or isnan.', 0)
  const before = text.length - text.trimStart().length
  if (/^(?:[<>]|[=!]=|in\b|not\s+in\b)/.test(clean)) return { full: `x ${clean}`, shift: 2 - before }
  if (/^\w+$/.test(clean) && (FUNCTIONS.has(clean) || clean === 'isfill'))
    return { full: `${clean}(x)`, shift: -before }
  if (/^nan$/i.test(clean)) return { full: 'isnan(x)', shift: 0 }
  if (
    /^[-+]?[\d.][\w.+-]*$/.test(clean) ||
    /^b?("[^"]*"|'[^']*')$/.test(clean) ||
    /^(true|false)$/i.test(clean)
  )
    return { full: `x == ${clean}`, shift: 5 - before }
  return { full: clean, shift: -before }
}

/** Positions of errors counted in what was typed. */
function at<T>(shift: number, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof ExpressionError)
      throw new ExpressionError(error.message, Math.max(0, (error.position ?? 0) - shift))
    throw error
  }
}

function compiled(
  text: string,
  { rank, dimensionNames = null, fillValue }: ExpressionScope,
  dtype: DataType,
): { code: Code; uses: Scope['uses'] } {
  const uses = { value: false, index: false }
  return { code: compile(parseSyntax(text), { dtype, rank, dimensionNames, fillValue, uses }), uses }
}

const HOLDS: Partial<Record<DataTypeSpec['kind'], Kind[]>> = {
  bool: ['bool', 'integer'],
  int: ['integer', 'bool', 'float'],
  uint: ['integer', 'bool', 'float'],
  float: ['float', 'integer', 'bool'],
  complex: ['complex', 'float', 'integer', 'bool'],
  datetime: ['time', 'integer', 'text'],
  timedelta: ['time', 'integer', 'text'],
  text: ['text'],
  'vlen-text': ['text'],
  bytes: ['text'],
  raw: ['text'],
  'vlen-bytes': ['text'],
  struct: ['record'],
  subarray: ['list'],
  'vlen-array': ['list'],
  object: ['text', 'integer', 'float', 'bool', 'other'],
}

/** Results as the data type takes them. */
function converter(code: Code, dtype: DataType): (env: Env) => ItemValue {
  const { kind } = dtype.spec
  if (!HOLDS[kind]?.includes(code.kind)) throw mismatch(code, `a value of ${dtype.name}`)
  const run = code.run as (env: Env) => ItemValue
  const isBytes = kind === 'bytes' || kind === 'raw' || kind === 'vlen-bytes'
  if (isBytes) return (env) => bytesOf(run(env) as string, code.at)
  if (kind === 'complex' && code.kind !== 'complex') return (env) => [Number(run(env)), 0]
  return run
}

function bytesOf(text: string, at: number): Uint8Array {
  return Uint8Array.from(text, (char) => {
    const value = char.codePointAt(0)!
    if (value > 0xff)
      throw new ExpressionError(`"${char}" is no single byte (${WORDS.text} of bytes is Latin-1).`, at)
    return value
  })
}
