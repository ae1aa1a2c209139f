import { UsageError, ValueError } from '@shared/errors'
import type { DataType, ItemValue } from '@shared/dtype/data-type'
import { dataType } from '@shared/dtype/registry'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { toJsonValue } from '@shared/json/access'
import { product } from '@shared/selection/counts'
import { castItems, encodeItems, type Casting, type Items } from '@engine/nodes/writing/cast-items'
import { canBroadcast } from '@engine/nodes/writing/broadcast'
import type { ItemBlock } from '@engine/nodes/writing/write-array'
import type { ItemValue as Item, NdArray, TypedArray } from './types'

/** One item, or lists of items nested to any depth. */
export type NestedItems = Item | Date | readonly NestedItems[]

/** What can be written in one piece: an item, a typed array, nested lists, or data with its shape. */
export type PlainValue =
  | NestedItems
  | TypedArray
  | NdArray
  | { data: TypedArray | readonly Item[]; shape: readonly number[]; dtype?: string }

/**
 * A value as canonical items of a data type. A typed array is one-dimensional; where that fits nothing and it has as many items as
 * `target`, it is the target's items in C order. Complex numbers come as `[re, im]` or as interleaved pairs in a float array, moments as
 * Date, ISO text or ticks, records by field name. Throws ValueError where a value does not fit the type.
 */
export function toItems(
  value: PlainValue,
  dtype: DataTypeSpec,
  casting: Casting,
  target?: readonly number[],
): ItemBlock {
  if (isShaped(value, dtype)) return shaped(value.data, [...value.shape], dtype, casting)
  if (isTyped(value, dtype)) {
    const length = isPairs(value, dtype) ? value.length / 2 : value.length
    const block = shaped(value, [length], dtype, casting)
    const isFlat = target && !canBroadcast([length], target) && product(target) === length
    return isFlat ? { ...block, shape: [...target] } : block
  }
  const { items, shape } = flatten(value, itemDepth(dtype))
  return { ...encode(items, dtype, casting), shape }
}

interface Shaped {
  data: TypedArray | readonly Item[]
  shape: readonly number[]
}

function isShaped(value: PlainValue, dtype: DataTypeSpec): value is PlainValue & Shaped {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value))
    return false
  if (!('data' in value && 'shape' in value && Array.isArray(value.shape))) return false
  // A record may have fields of these names.
  return dtype.kind !== 'struct' || !dtype.fields.some(({ name }) => name === 'shape')
}

/** Bytes are one item of the types that hold bytes. */
const isTyped = (value: unknown, dtype: DataTypeSpec): value is TypedArray =>
  ArrayBuffer.isView(value) && !(value instanceof Uint8Array && holdsBytes(dtype))

const holdsBytes = ({ kind }: DataTypeSpec): boolean =>
  kind === 'bytes' || kind === 'raw' || kind === 'vlen-bytes'

const isPairs = (data: unknown, dtype: DataTypeSpec): data is Float32Array | Float64Array =>
  dtype.kind === 'complex' && (data instanceof Float32Array || data instanceof Float64Array)

function shaped(data: Shaped['data'], shape: number[], dtype: DataTypeSpec, casting: Casting): ItemBlock {
  const items = product(shape)
  const pairs = isPairs(data, dtype) && data.length === 2 * items
  if (!pairs && data.length !== items)
    throw new ValueError(
      `${data.length} items do not fill the shape (${shape.join(', ')}), which has ${items}.`,
    )
  if (!ArrayBuffer.isView(data)) return { ...encode(data, dtype, casting), shape }
  const typed = data
  const real = typedSpec(typed)
  const from: DataTypeSpec = pairs && real.kind === 'float' ? { kind: 'complex', part: real.format } : real
  const bytes = new Uint8Array(typed.buffer, typed.byteOffset, typed.byteLength)
  // BigInt64Array is also how ticks are read.
  const isTicks = (dtype.kind === 'datetime' || dtype.kind === 'timedelta') && typed instanceof BigInt64Array
  return { ...castItems({ data: bytes }, isTicks ? dtype : from, dtype, casting), shape }
}

const CLASSES: [new (...given: never[]) => TypedArray, DataTypeSpec & { kind: 'int' | 'uint' | 'float' }][] =
  [
    [Int8Array, { kind: 'int', bits: 8 }],
    [Uint8Array, { kind: 'uint', bits: 8 }],
    [Int16Array, { kind: 'int', bits: 16 }],
    [Uint16Array, { kind: 'uint', bits: 16 }],
    [Int32Array, { kind: 'int', bits: 32 }],
    [Uint32Array, { kind: 'uint', bits: 32 }],
    [BigInt64Array, { kind: 'int', bits: 64 }],
    [BigUint64Array, { kind: 'uint', bits: 64 }],
    [Float32Array, { kind: 'float', format: 'float32' }],
    [Float64Array, { kind: 'float', format: 'float64' }],
  ]

/** The data type of a typed array. Throws UsageError for classes that hold no numbers of ours. */
export function typedSpec(data: ArrayBufferView): DataTypeSpec & { kind: 'int' | 'uint' | 'float' } {
  const found = CLASSES.find(([constructor]) => data instanceof constructor)
  if (found) return found[1]
  if (data instanceof Uint8ClampedArray) return { kind: 'uint', bits: 8 }
  throw new UsageError(`A ${data.constructor.name} cannot be written; give a typed array of numbers.`)
}

/** Lists inside an item: pairs of complex numbers, sub-arrays, records by position; objects take any. */
function itemDepth(dtype: DataTypeSpec): number {
  if (dtype.kind === 'complex') return 1
  if (dtype.kind === 'subarray') return dtype.shape.length + itemDepth(dtype.item)
  return dtype.kind === 'vlen-array' ? 1 + itemDepth(dtype.item) : 0
}

/** Items of nested lists in C order, and their shape. Throws ValueError where rows differ in length. */
function flatten(value: NestedItems, itemLevels: number): { items: Item[]; shape: number[] } {
  const levels = Math.max(0, depth(value) - itemLevels)
  const shape: number[] = []
  let level: NestedItems[] = [value]
  for (let k = 0; k < levels; k++) {
    const [first] = level
    const length = Array.isArray(first) ? first.length : -1
    const next: NestedItems[] = []
    for (const row of level) {
      if (!Array.isArray(row) || row.length !== length)
        throw new ValueError('The rows of a nested list differ in length.')
      for (const item of row as NestedItems[]) next.push(item)
    }
    shape.push(length)
    level = next
  }
  return { items: level as Item[], shape }
}

const depth = (value: unknown): number =>
  Array.isArray(value) ? 1 + (value.length === 0 ? 0 : depth(value[0])) : 0

function encode(items: readonly Item[], dtype: DataTypeSpec, casting: Casting): Items {
  const type = dataType(dtype)
  const numbers = numbersOf(items, dtype)
  if (numbers) return castItems({ data: new Uint8Array(numbers.buffer) }, typedSpec(numbers), dtype, casting)
  return encodeItems(items, type, (item) => prepared(item, type))
}

/** Plain numbers meet number types in bulk; exact where every item is a double or every one a bigint in 64 bits. */
function numbersOf(items: readonly Item[], dtype: DataTypeSpec): Float64Array | BigInt64Array | undefined {
  const isNumber =
    dtype.kind === 'int' ||
    dtype.kind === 'uint' ||
    dtype.kind === 'float' ||
    dtype.kind === 'complex' ||
    dtype.kind === 'bool'
  if (!isNumber) return undefined
  if (items.every((item) => typeof item === 'number' || typeof item === 'boolean'))
    return Float64Array.from(items, Number)
  const inRange = (item: Item): item is bigint => typeof item === 'bigint' && BigInt.asIntN(64, item) === item
  return items.every(inRange) ? BigInt64Array.from(items) : undefined
}

/** What people hold in JavaScript as what the data type takes. */
function prepared(item: Item | Date, type: DataType): ItemValue {
  if (item instanceof Date) return Number.isNaN(item.getTime()) ? 'NaT' : item.toISOString()
  const { kind } = type.spec
  if (typeof item === 'number' && kind === 'complex') return [item, 0]
  return kind === 'object' ? (toJsonValue(item) as ItemValue) : item
}
