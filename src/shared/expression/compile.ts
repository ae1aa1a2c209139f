import type { DataType, ItemValue } from '../dtype/data-type'
import { dataType } from '../dtype/registry'
import type { DataTypeSpec } from '../dtype/spec'
import { ExpressionError } from '../errors'
import { binary, unary } from './arithmetic'
import { asCondition, type Code, type Env, type Kind, mismatch } from './code'
import { compare, sameItem } from './comparison'
import { among, FUNCTIONS } from './functions'
import type { Node } from './syntax'

/** What the names of an expression mean. */
export interface Scope {
  dtype: DataType
  rank: number
  dimensionNames: readonly (string | null)[] | null
  /** The fill value, for `fill` and `isfill(x)`; undefined where the array has none. */
  fillValue: ItemValue | undefined
  /** Set while compiling: what the result depends on. */
  uses: { value: boolean; index: boolean }
}

const CONSTANTS: Record<string, Pick<Code, 'kind' | 'literal'>> = {
  pi: { kind: 'float', literal: Math.PI },
  e: { kind: 'float', literal: Math.E },
  nan: { kind: 'float', literal: NaN },
  NaN: { kind: 'float', literal: NaN },
  inf: { kind: 'float', literal: Infinity },
  True: { kind: 'bool', literal: true },
  False: { kind: 'bool', literal: false },
  true: { kind: 'bool', literal: true },
  false: { kind: 'bool', literal: false },
}

/** Turns what was typed into closures. Throws ExpressionError for unknown names and kinds that do not go together. */
export function compile(node: Node, scope: Scope): Code {
  const { at } = node
  const inner = (part: Node): Code => compile(part, scope)
  switch (node.kind) {
    case 'number':
      return constant(numberOf(node), at)
    case 'text':
      return constant({ kind: 'text', literal: node.text }, at)
    case 'name':
      return named(node.name, at, scope)
    case 'unary': {
      const of = inner(node.of)
      if (node.op !== 'not') return unary(node.op, of, at)
      const run = asCondition(of)
      return { kind: 'bool', at, run: (env) => !run(env) }
    }
    case 'binary':
      return binary(node.op, inner(node.left), inner(node.right), at)
    case 'logic': {
      const [a, b] = [asCondition(inner(node.left)), asCondition(inner(node.right))]
      return {
        kind: 'bool',
        at,
        run: node.op === 'and' ? (env) => a(env) && b(env) : (env) => a(env) || b(env),
      }
    }
    case 'compare': {
      const sides = [node.first, ...node.rest].map(inner)
      const tests = node.ops.map((op, i) => compare(op, sides[i]!, sides[i + 1]!, at))
      const [only] = tests
      return { kind: 'bool', at, run: tests.length === 1 ? only! : (env) => tests.every((test) => test(env)) }
    }
    case 'in': {
      const test = among(inner(node.of), node.items.map(inner), at)
      return { kind: 'bool', at, run: node.not ? (env) => !test(env) : test }
    }
    case 'call':
      return called(node.name, node.args, at, scope)
    case 'part':
      return part(inner(node.of), node.part, at)
  }
}

function constant({ kind, literal }: Pick<Code, 'kind' | 'literal'>, at: number): Code {
  return { kind, literal, at, run: () => literal }
}

function numberOf({ text, form }: Extract<Node, { kind: 'number' }>): Pick<Code, 'kind' | 'literal'> {
  if (form === 'imaginary') return { kind: 'complex', literal: [0, Number(text.slice(0, -1))] }
  if (form === 'float') return { kind: 'float', literal: Number(text) }
  const number = Number(text)
  return { kind: 'integer', literal: Number.isSafeInteger(number) ? number : BigInt(text) }
}

function named(name: string, at: number, scope: Scope): Code {
  const { dtype, rank, dimensionNames, fillValue } = scope
  if (name === 'x') {
    scope.uses.value = true
    return valued(dtype, (env) => env.x, at)
  }
  if (name === 'fill') {
    if (fillValue === undefined) throw new ExpressionError('The array has no fill value.', at)
    return valued(dtype, () => fillValue, at)
  }
  const numbered = /^i(\d+)$/.exec(name)
  const dimension = numbered ? Number(numbered[1]) : (dimensionNames?.indexOf(name) ?? -1)
  if (dimension >= 0 && dimension < rank) {
    scope.uses.index = true
    return { kind: 'integer', at, run: (env) => env.index[dimension] }
  }
  if (Object.hasOwn(CONSTANTS, name)) return constant(CONSTANTS[name]!, at)
  if (FUNCTIONS.has(name)) throw new ExpressionError(`"${name}" is a function; write ${name}(x).`, at)
  const indices = rank === 0 ? '' : rank === 1 ? ', i0' : `, i0 to i${rank - 1}`
  throw new ExpressionError(
    `"${name}" is not known here; there are x (the value)${indices}, dimension names and functions.`,
    at,
  )
}

function called(name: string, args: Node[], at: number, scope: Scope): Code {
  if (name === 'isfill') return isFill(args, at, scope)
  if (name === 'str') return asString(args, at, scope)
  const known = FUNCTIONS.get(name)
  if (!known) throw new ExpressionError(`There is no function "${name}".`, at)
  const [least, most] = known.count
  if (args.length < least || args.length > most)
    throw new ExpressionError(
      `${name} takes ${least === most ? least : `${least} to ${most}`} ${most === 1 ? 'value' : 'values'}, not ${args.length}.`,
      at,
    )
  return known.make(
    args.map((arg) => compile(arg, scope)),
    at,
  )
}

function isFill(args: Node[], at: number, { fillValue, uses }: Scope): Code {
  const [of] = args
  if (args.length !== 1 || of?.kind !== 'name' || of.name !== 'x')
    throw new ExpressionError('Write isfill(x).', at)
  if (fillValue === undefined) throw new ExpressionError('The array has no fill value.', at)
  uses.value = true
  return { kind: 'bool', at, run: (env) => sameItem(env.x, fillValue) }
}

/** The text that the table shows for x. */
function asString(args: Node[], at: number, { dtype, uses }: Scope): Code {
  const [of] = args
  if (args.length !== 1 || of?.kind !== 'name' || of.name !== 'x')
    throw new ExpressionError('Write str(x).', at)
  uses.value = true
  return { kind: 'text', at, run: (env) => dtype.format(env.x) }
}

function part(of: Code, name: string | number, at: number): Code {
  if (typeof name === 'string') {
    const spec = of.dtype?.spec
    if (spec?.kind !== 'struct') throw mismatch(of, 'a record')
    const field = spec.fields.find((one) => one.name === name)
    if (!field)
      throw new ExpressionError(
        `The record has no field "${name}"; it has ${spec.fields.map((one) => one.name).join(', ')}.`,
        at,
      )
    const { run } = of
    return valued(dataType(field.type), (env) => (run(env) as Record<string, ItemValue>)[name]!, at)
  }
  const item = itemOf(of.dtype?.spec)
  if (!item) throw mismatch(of, 'a list')
  const { run } = of
  const take = (env: Env): ItemValue => {
    const list = run(env) as ItemValue[]
    const value = list[name]
    if (value === undefined) throw new ExpressionError(`The list has only ${list.length} items.`, at)
    return value
  }
  return valued(dataType(item), take, at)
}

function itemOf(spec: DataTypeSpec | undefined): DataTypeSpec | undefined {
  if (spec?.kind === 'vlen-array') return spec.item
  if (spec?.kind !== 'subarray') return undefined
  return spec.shape.length > 1 ? { ...spec, shape: spec.shape.slice(1) } : spec.item
}

const KINDS: Record<DataTypeSpec['kind'], Kind> = {
  bool: 'bool',
  int: 'integer',
  uint: 'integer',
  float: 'float',
  complex: 'complex',
  datetime: 'time',
  timedelta: 'time',
  bytes: 'text',
  raw: 'text',
  'vlen-bytes': 'text',
  text: 'text',
  'vlen-text': 'text',
  struct: 'record',
  subarray: 'list',
  'vlen-array': 'list',
  object: 'other',
}

/** An item of a data type as a part of an expression. */
function valued(dtype: DataType, run: (env: Env) => ItemValue, at: number): Code {
  const kind = KINDS[dtype.spec.kind]
  const isBytes = ['bytes', 'raw', 'vlen-bytes'].includes(dtype.spec.kind)
  return { kind, dtype, at, run: isBytes ? (env) => latin1(run(env) as Uint8Array) : run }
}

const latin1 = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}
