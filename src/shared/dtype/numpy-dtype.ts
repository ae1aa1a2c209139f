import { MetadataError, UnsupportedError } from '../errors'
import { jsonInteger } from '../json/access'
import { stringifyJson } from '../json/stringify'
import type { JsonValue } from '../json/value'
import { MAX_FIELDS, spendFields, type FieldBudget } from './field-budget'
import { fixedItemSize, itemSize, MAX_ITEM_BYTES } from './itemsize'
import { numpyTypestr } from './numpy-name'
import type { DataTypeSpec, FloatFormat, TimeUnit } from './spec'
import { timeUnit } from './time'
import { product } from '../selection/counts'

/** `count` neighbouring numbers of `size` bytes, from byte `offset` of an item on, that are stored big-endian. */
export interface SwapRun {
  offset: number
  size: number
  count: number
}

/** A NumPy data type as formats 1 and 2 store it: its canonical form, and what its bytes need to become canonical. */
export interface NumpyDtype {
  spec: DataTypeSpec
  /** Of its multi-byte numbers; "not applicable" where it has none. */
  byteOrder: 'little' | 'big' | 'mixed' | 'not applicable'
  /** Big-endian numbers of one item, in order; empty where nothing needs swapping. */
  swaps: SwapRun[]
  /** The `dtype` entry that says all this; undefined for types that NumPy does not have. */
  descr: JsonValue | undefined
}

/**
 * Reads a `dtype` entry: a typestr such as "<i4" or ">M8[25s]", or a list of record fields `[name, type, shape?]`, each
 * with its own byte order. "|O" gives kind "object"; the object codec decides what it holds.
 * Throws UnsupportedError for types that are not known, MetadataError (without key) for what is no type at all.
 */
export function parseNumpyDtype(json: JsonValue): NumpyDtype {
  const { spec, runs, descr } = parse(json, { fields: MAX_FIELDS })
  const multiByte = runs.filter(({ size }) => size > 1)
  const swaps = multiByte.filter(({ big }) => big).map(({ offset, size, count }) => ({ offset, size, count }))
  const byteOrder =
    multiByte.length === 0
      ? 'not applicable'
      : swaps.length === 0
        ? 'little'
        : swaps.length === multiByte.length
          ? 'big'
          : 'mixed'
  return { spec, byteOrder, swaps, descr }
}

interface Parsed {
  spec: DataTypeSpec
  descr: JsonValue
  runs: (SwapRun & { big: boolean })[]
}

function parse(json: JsonValue, budget: FieldBudget): Parsed {
  if (typeof json === 'string') return typestr(json)
  if (Array.isArray(json)) return record(json, budget)
  throw invalid(`it must be a type string or a list of fields, not ${stringifyJson(json)}`)
}

const TYPESTR = /^([<>|=]?)([a-zA-Z?])(\d*)(?:\[(\d*)([^\d\]/]+)\])?$/

const FLOATS: Record<string, FloatFormat> = { f2: 'float16', f4: 'float32', f8: 'float64' }
const COMPLEXES: Record<string, FloatFormat> = { c8: 'float32', c16: 'float64' }

function typestr(text: string): Parsed {
  const match = TYPESTR.exec(text)
  if (match === null) throw new UnsupportedError('data type', text)
  const [, order, kind, digits, scale, unit] = match as unknown as [
    string,
    string,
    string,
    string,
    string?,
    string?,
  ]
  const bits = 8 * Number(digits)
  const code = kind + digits
  const one = (spec: DataTypeSpec, size: number, count = 1): Parsed => ({
    spec,
    descr: numpyTypestr(spec, order === '>' ? '>' : '<')!,
    runs: size * count === 0 ? [] : [{ offset: 0, size, count, big: order === '>' }],
  })
  if (unit !== undefined || kind === 'M' || kind === 'm') {
    const step = timeStep(scale, unit)
    if ((code !== 'M8' && code !== 'm8') || step === undefined) throw new UnsupportedError('data type', text)
    return one({ kind: kind === 'M' ? 'datetime' : 'timedelta', ...step }, 8)
  }
  if (code === 'b1' || code === '?') return one({ kind: 'bool' }, 1)
  if ((kind === 'i' || kind === 'u') && [8, 16, 32, 64].includes(bits)) {
    return one({ kind: kind === 'i' ? 'int' : 'uint', bits: bits as 8 | 16 | 32 | 64 }, bits / 8)
  }
  const float = FLOATS[code]
  if (float !== undefined) return one({ kind: 'float', format: float }, bits / 8)
  const part = COMPLEXES[code]
  if (part !== undefined) return one({ kind: 'complex', part }, bits / 16, 2)
  if (code === 'f12' || code === 'f16' || code === 'c24' || code === 'c32') {
    throw new UnsupportedError('data type', text, 'long doubles differ from machine to machine')
  }
  if (kind === 'O' && (digits === '' || digits === '8'))
    return { spec: { kind: 'object' }, descr: '|O', runs: [] }
  const length = Number(digits || '0')
  if ('SaUV'.includes(kind) && length * (kind === 'U' ? 4 : 1) > MAX_ITEM_BYTES) {
    throw invalid(`items of "${text}" are larger than ${MAX_ITEM_BYTES} bytes`)
  }
  if (kind === 'S' || kind === 'a') return one({ kind: 'bytes', length }, 1, length)
  if (kind === 'V') return one({ kind: 'raw', length }, 1, length)
  if (kind === 'U') return one({ kind: 'text', length }, 4, length)
  throw new UnsupportedError('data type', text)
}

function timeStep(
  scale: string | undefined,
  unit: string | undefined,
): { unit: TimeUnit; scale: number } | undefined {
  if (unit === undefined) return { unit: 'generic', scale: 1 }
  const known = unit.length <= 2 || unit === 'generic' ? timeUnit(unit) : undefined
  const factor = scale === undefined || scale === '' ? 1 : Number(scale)
  return known === undefined || factor < 1 || factor > 2 ** 31 - 1
    ? undefined
    : { unit: known, scale: factor }
}

function record(list: JsonValue[], budget: FieldBudget): Parsed {
  if (list.length === 0) throw invalid('a record needs at least one field')
  spendFields(budget, list.length, 'dtype')
  const runs: Parsed['runs'] = []
  const fields: { name: string; type: DataTypeSpec }[] = []
  const names = new Set<string>()
  const descr: JsonValue[] = []
  let offset = 0
  for (const entry of list) {
    const { name, type } = field(entry, budget)
    if (names.has(name)) throw invalid(`the field "${name}" occurs twice`)
    names.add(name)
    if (itemSize(type.spec) === null) {
      throw new UnsupportedError('data type', stringifyJson(list), `its field "${name}" holds Python objects`)
    }
    for (const run of type.runs) appendRun(runs, { ...run, offset: run.offset + offset })
    fields.push({ name, type: type.spec })
    descr.push(type.spec.kind === 'subarray' ? [name, type.descr, type.spec.shape] : [name, type.descr])
    offset += fixedItemSize(type.spec)
    if (offset > MAX_ITEM_BYTES) throw invalid(`its items are larger than ${MAX_ITEM_BYTES} bytes`)
  }
  return { spec: { kind: 'struct', fields }, descr, runs }
}

function field(entry: JsonValue, budget: FieldBudget): { name: string; type: Parsed } {
  if (!Array.isArray(entry) || entry.length < 2 || entry.length > 3) {
    throw invalid(`a field is a list of name, type and perhaps shape, not ${stringifyJson(entry)}`)
  }
  const [name, type, shape] = entry as [JsonValue, JsonValue, JsonValue?]
  if (typeof name !== 'string') throw invalid(`${stringifyJson(name)} is not the name of a field`)
  const parsed = parse(type, budget)
  if (shape === undefined) return { name, type: parsed }
  const lengths = (Array.isArray(shape) ? shape : [shape]).map((length) => jsonInteger(length) ?? -1)
  if (lengths.some((length) => length < 0)) {
    throw invalid(
      `the field "${name}" has the shape ${stringifyJson(shape)}, which is not a list of whole numbers`,
    )
  }
  return { name, type: lengths.length === 0 ? parsed : subarray(parsed, lengths, name) }
}

/** Its descr is that of its items: the shape stands beside it in the field. */
function subarray(item: Parsed, shape: number[], name: string): Parsed {
  const size = itemSize(item.spec)
  const spec: DataTypeSpec = { kind: 'subarray', item: item.spec, shape }
  const { descr } = item
  if (size === null) return { spec, descr, runs: [] }
  const times = product(shape)
  if (size * times > MAX_ITEM_BYTES)
    throw invalid(`the field "${name}" is larger than ${MAX_ITEM_BYTES} bytes`)
  const [only] = item.runs
  if (item.runs.length <= 1 && (only === undefined || only.size * only.count === size)) {
    return { spec, descr, runs: only && times > 0 ? [{ ...only, count: only.count * times }] : [] }
  }
  if (times * item.runs.length > MAX_RUNS) {
    throw new UnsupportedError('data type', name, `it repeats a record of mixed byte order ${times} times`)
  }
  const runs: Parsed['runs'] = []
  for (let i = 0; i < times; i++)
    for (const run of item.runs) appendRun(runs, { ...run, offset: run.offset + i * size })
  return { spec, descr, runs }
}

/** Repeated records are written out field by field; beyond this many runs they cost more than they are worth. */
const MAX_RUNS = 65_536

function appendRun(runs: Parsed['runs'], run: Parsed['runs'][number]): void {
  const last = runs.at(-1)
  const follows =
    last?.size === run.size && last.big === run.big && last.offset + last.size * last.count === run.offset
  if (follows) last.count += run.count
  else runs.push(run)
}

const invalid = (why: string): MetadataError => new MetadataError('', 'dtype', `${why}.`)
