import { NAT } from '../dtype/time'
import { ExpressionError } from '../errors'
import {
  asComplex,
  asCondition,
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
} from './code'
import { compare } from './comparison'

type Maker = (args: Code[], at: number) => Code

/** Every function of expressions by name, as NumPy calls it where it has it. */
export const FUNCTIONS: ReadonlyMap<string, { count: [number, number]; make: Maker }> = new Map([
  ...floats({
    sqrt: Math.sqrt,
    cbrt: Math.cbrt,
    exp: Math.exp,
    expm1: Math.expm1,
    log: Math.log,
    log2: Math.log2,
    log10: Math.log10,
    log1p: Math.log1p,
    sin: Math.sin,
    cos: Math.cos,
    tan: Math.tan,
    arcsin: Math.asin,
    arccos: Math.acos,
    arctan: Math.atan,
    sinh: Math.sinh,
    cosh: Math.cosh,
    tanh: Math.tanh,
    radians: (x) => (x * Math.PI) / 180,
    degrees: (x) => (x * 180) / Math.PI,
  }),
  ...roundings({ floor: Math.floor, ceil: Math.ceil, trunc: Math.trunc, round: roundHalfEven }),
  entry('abs', 1, 1, ([of], at) => absolute(of!, at)),
  entry('sign', 1, 1, ([of], at) => {
    if (of!.kind === 'float') return { kind: 'float', at, run: chain(asFloat(of!), Math.sign) }
    return { kind: 'integer', at, run: chain(asInteger(of!), (x) => (x > 0 ? 1 : x < 0 ? -1 : 0)) }
  }),
  entry('arctan2', 2, 2, ([y, x], at) => {
    const [a, b] = [asFloat(y!), asFloat(x!)]
    return { kind: 'float', at, run: (env) => Math.atan2(a(env), b(env)) }
  }),
  entry('min', 2, 16, (args, at) => extreme(args, at, '<')),
  entry('max', 2, 16, (args, at) => extreme(args, at, '>')),
  entry('clip', 3, 3, ([of, low, high], at) => extreme([extreme([of!, low!], at, '>'), high!], at, '<')),
  entry('where', 3, 3, ([condition, yes, no], at) => choose(condition!, yes!, no!, at)),
  entry('float', 1, 1, ([of], at) => ({ kind: 'float', at, run: asFloat(of!) })),
  entry('isnan', 1, 1, ([of], at) => ({ kind: 'bool', at, run: isNan(of!) })),
  entry('isnat', 1, 1, ([of], at) => ({ kind: 'bool', at, run: isNan(of!) })),
  entry('isinf', 1, 1, ([of], at) => ({
    kind: 'bool',
    at,
    run: parts(of!, (n) => n === Infinity || n === -Infinity),
  })),
  entry('isfinite', 1, 1, ([of], at) => {
    const outside = parts(of!, (n) => !Number.isFinite(n))
    return { kind: 'bool', at, run: (env) => !outside(env) }
  }),
  entry('real', 1, 1, ([of], at) => ({ kind: 'float', at, run: chain(asComplex(of!), ([re]) => re) })),
  entry('imag', 1, 1, ([of], at) => ({ kind: 'float', at, run: chain(asComplex(of!), ([, im]) => im) })),
  entry('angle', 1, 1, ([of], at) => ({
    kind: 'float',
    at,
    run: chain(asComplex(of!), ([re, im]) => Math.atan2(im, re)),
  })),
  entry('conj', 1, 1, ([of], at) => ({
    kind: 'complex',
    at,
    run: chain(asComplex(of!), ([re, im]): Complex => [re, -im]),
  })),
  entry('len', 1, 1, ([of], at) => {
    if (of!.kind !== 'text' && of!.kind !== 'list') throw mismatch(of!, 'a text or list')
    // Characters as Python counts them, not the units of UTF-16.
    const length =
      of!.kind === 'text'
        ? (v: unknown) => Array.from(v as string).length
        : (v: unknown) => (v as unknown[]).length
    return { kind: 'integer', at, run: chain(of!.run, length) }
  }),
  ...texts({ lower: (s) => s.toLowerCase(), upper: (s) => s.toUpperCase(), strip: (s) => s.trim() }),
  ...textTests({
    contains: (s, part) => s.includes(part),
    startswith: (s, part) => s.startsWith(part),
    endswith: (s, part) => s.endsWith(part),
  }),
  entry('replace', 3, 3, ([of, from, to], at) => {
    const [a, b, c] = [asText(of!), asText(from!), asText(to!)]
    return { kind: 'text', at, run: (env) => a(env).replaceAll(b(env), () => c(env)) }
  }),
])

type Entry = [string, { count: [number, number]; make: Maker }]

function entry(name: string, least: number, most: number, make: Maker): Entry {
  return [name, { count: [least, most], make }]
}

const chain =
  <A, B>(run: (env: Env) => A, then: (value: A) => B): ((env: Env) => B) =>
  (env) =>
    then(run(env))

function floats(table: Record<string, (x: number) => number>): Entry[] {
  return Object.entries(table).map(([name, compute]) =>
    entry(name, 1, 1, ([of], at) => ({ kind: 'float', at, run: chain(asFloat(of!), compute) })),
  )
}

/** Rounding leaves integers as they are. */
function roundings(table: Record<string, (x: number) => number>): Entry[] {
  return Object.entries(table).map(([name, compute]) =>
    entry(name, 1, 1, ([of], at) =>
      of!.kind === 'float'
        ? { kind: 'float', at, run: chain(asFloat(of!), compute) }
        : { kind: 'integer', at, run: asInteger(of!) },
    ),
  )
}

function texts(table: Record<string, (text: string) => string>): Entry[] {
  return Object.entries(table).map(([name, compute]) =>
    entry(name, 1, 1, ([of], at) => ({ kind: 'text', at, run: chain(asText(of!), compute) })),
  )
}

function textTests(table: Record<string, (text: string, part: string) => boolean>): Entry[] {
  return Object.entries(table).map(([name, decide]) =>
    entry(name, 2, 2, ([of, part], at) => {
      const [a, b] = [asText(of!), asText(part!)]
      return { kind: 'bool', at, run: (env) => decide(a(env), b(env)) }
    }),
  )
}

/** To the nearest, halves to the even neighbour, as NumPy and Python round. */
function roundHalfEven(x: number): number {
  const floor = Math.floor(x)
  if (x - floor !== 0.5) return Math.round(x)
  return floor % 2 === 0 ? floor : floor + 1
}

function absolute(of: Code, at: number): Code {
  if (of.kind === 'complex')
    return { kind: 'float', at, run: chain(asComplex(of), ([re, im]) => Math.hypot(re, im)) }
  if (of.kind === 'float') return { kind: 'float', at, run: chain(asFloat(of), Math.abs) }
  return {
    kind: 'integer',
    at,
    run: chain(asInteger(of), (x) => (typeof x === 'number' ? Math.abs(x) : small(x < 0n ? -x : x))),
  }
}

/** The smallest (`<`) or largest (`>`) of several; NaN wins, as in NumPy's minimum and maximum. */
function extreme(args: Code[], at: number, better: '<' | '>'): Code {
  const kind = commonKind(args)
  if (!NUMERIC.has(kind))
    throw mismatch(
      args.find((arg) => !NUMERIC.has(arg.kind))!,
      'a number',
    )
  const wins = (a: number | bigint, b: number | bigint): boolean =>
    a !== a || (better === '<' ? a < b : a > b)
  const runs = args.map((arg) => (kind === 'float' ? asFloat(arg) : asInteger(arg)))
  const run = (env: Env): number | bigint => {
    let best = runs[0]!(env)
    for (let i = 1; i < runs.length; i++) {
      const next = runs[i]!(env)
      if (wins(next, best)) best = next
    }
    return best
  }
  return { kind: kind === 'bool' ? 'integer' : kind, at, run }
}

function choose(condition: Code, yes: Code, no: Code, at: number): Code {
  const kind = commonKind([yes, no])
  const decide = asCondition(condition)
  const convert = (code: Code): ((env: Env) => unknown) => {
    if (kind === 'float') return asFloat(code)
    if (kind === 'integer') return asInteger(code)
    return kind === 'complex' ? asComplex(code) : code.run
  }
  const [a, b] = [convert(yes), convert(no)]
  return { kind, at, run: (env) => (decide(env) ? a(env) : b(env)), dtype: yes.dtype ?? no.dtype }
}

const WIDTH: Partial<Record<Kind, number>> = { bool: 0, integer: 1, float: 2, complex: 3 }

/** The kind that holds all of them. Throws ExpressionError where there is none. */
function commonKind(args: Code[]): Kind {
  return args.reduce((kind, arg) => {
    if (arg.kind === kind) return kind
    const [a, b] = [WIDTH[kind], WIDTH[arg.kind]]
    if (a === undefined || b === undefined) throw new ExpressionError('These do not go together.', arg.at)
    return a > b ? kind : arg.kind
  }, args[0]!.kind)
}

const isNan = (of: Code): ((env: Env) => boolean) => parts(of, (n) => n !== n)

/** Whether a test holds for a number or either part of a complex one; a time is tested as NaN where it is NaT. */
function parts(of: Code, test: (n: number) => boolean): (env: Env) => boolean {
  const { run } = of
  if (of.kind === 'time') return (env) => test(run(env) === NAT ? NaN : 0)
  if (of.kind === 'complex') return (env) => (run(env) as Complex).some(test)
  if (of.kind === 'integer' || of.kind === 'bool') return () => test(0)
  return chain(asFloat(of), test)
}

/** True where every item of a list is what it is compared with; see `in`. */
export const among = (of: Code, items: Code[], at: number): ((env: Env) => boolean) => {
  const tests = items.map((item) => compare('==', of, item, at))
  return (env) => tests.some((test) => test(env))
}
