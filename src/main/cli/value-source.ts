import { UsageError, ValueError } from '@shared/errors'
import { concatBytes } from '@shared/dtype/concat-bytes'
import type { ItemValue } from '@shared/dtype/data-type'
import { itemSize } from '@shared/dtype/itemsize'
import { dataType } from '@shared/dtype/registry'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { parseJson } from '@shared/json/parse'
import { type JsonValue, JsonFloat } from '@shared/json/value'
import { product } from '@shared/selection/counts'
import { readCsv } from '@engine/interop/csv-read'
import { NpyFile } from '@engine/interop/npy-read'
import { isReal } from '@engine/codecs/numbers'
import { encodeItems, type Items } from '@engine/nodes/writing/cast-items'
import { fixedItems, placeNumbers } from '@engine/nodes/writing/fixed-items'
import { arraySource, type ItemSource } from '@engine/nodes/writing/write-from'
import type { CommandContext } from './command'
import { withArray } from './target'

/**
 * Hands over what VALUE names as items to write. `shape` is that of the selection; `unsafe` says that numbers beyond the
 * data type are to be cast.
 */
export async function withValue<T>(
  context: CommandContext,
  text: string,
  target: { dtype: DataTypeSpec; shape: readonly number[]; unsafe: boolean },
  use: (source: ItemSource) => Promise<T>,
): Promise<T> {
  if (text === '-') return use(fixedItems(target.dtype, target.shape, await rawItems(context, target)))
  if (text === 'arange' && target.dtype.kind !== 'text' && target.dtype.kind !== 'vlen-text')
    return use(arange(target))
  if (text.startsWith('@')) return withSource(context, text.slice(1), target.dtype, use)
  return use(typed(text, target.dtype, target.unsafe))
}

/** The items of a file (.npy, .csv) or of an array. */
export async function withSource<T>(
  context: CommandContext,
  path: string,
  dtype: DataTypeSpec,
  use: (source: ItemSource) => Promise<T>,
): Promise<T> {
  if (/\.csv$/i.test(path)) {
    const { shape, ...items } = await readCsv(path, dtype)
    return use(fixedItems(dtype, shape, items))
  }
  if (/\.npy$/i.test(path)) {
    const file = await NpyFile.open(path)
    try {
      return await use(file)
    } finally {
      await file.close()
    }
  }
  return withArray(context, path, (array) => use(arraySource(array, context.io.signal)))
}

/** 0, 1, 2, … over a shape, made where they are asked for. */
function arange({ dtype, shape }: { dtype: DataTypeSpec; shape: readonly number[] }): ItemSource {
  const strides = shape.map((_, k) => product(shape.slice(k + 1)))
  const isTime = dtype.kind === 'datetime' || dtype.kind === 'timedelta'
  return {
    shape,
    dtype: isTime ? dtype : { kind: 'float', format: 'float64' },
    read: async (dims) => {
      const numbers = placeNumbers(dims, strides)
      const typedNumbers = isTime ? BigInt64Array.from(numbers, BigInt) : numbers
      return { data: new Uint8Array(typedNumbers.buffer) }
    },
  }
}

const TEXTS = new Set(['text', 'vlen-text'])

/** A value as typed: one item, or nested lists of items in JSON. */
function typed(text: string, dtype: DataTypeSpec, unsafe: boolean): ItemSource {
  const isList = text.startsWith('[') && !['complex', 'subarray', 'vlen-array', 'object'].includes(dtype.kind)
  const { values, shape } = isList ? flattened(parseJson(text, { key: 'The value' }).value) : ONE
  try {
    return fixedItems(dtype, shape, isList ? encodeItems(values, dataType(dtype)) : item(text, dtype))
  } catch (error) {
    if (!unsafe || !isReal(dtype) || !(error instanceof ValueError)) throw error
    // Numbers that the type cannot hold are handed on as they are, to be cast where they are written.
    const whole = isList
      ? values.every((value) => typeof value !== 'number' || Number.isInteger(value))
      : !/\D/.test(text.slice(1))
    const wide: DataTypeSpec = whole ? { kind: 'int', bits: 64 } : { kind: 'float', format: 'float64' }
    return fixedItems(wide, shape, isList ? encodeItems(values, dataType(wide)) : item(text, wide))
  }
}

const ONE: { values: ItemValue[]; shape: number[] } = { values: [], shape: [] }

function item(text: string, dtype: DataTypeSpec): Items {
  const type = dataType(dtype)
  const data = TEXTS.has(dtype.kind) ? type.encode(unquoted(text)) : type.parse(text)
  return { data, ...(type.itemsize === null && { offsets: Uint32Array.of(0, data.length) }) }
}

/** A text may be typed as it is, or in quotes as JSON has it. */
function unquoted(text: string): string {
  const value = /^".*"$/s.test(text) ? parseJson(text, { key: 'The value' }).value : text
  return typeof value === 'string' ? value : text
}

function flattened(value: JsonValue): { values: ItemValue[]; shape: number[] } {
  if (!Array.isArray(value)) return { values: [itemOf(value)], shape: [] }
  const parts = value.map(flattened)
  const [first] = parts
  if (parts.some(({ shape }) => shape.join() !== first?.shape.join()))
    throw new ValueError('The lists of the value are not all of the same length.')
  return { values: parts.flatMap((part) => part.values), shape: [value.length, ...(first?.shape ?? [])] }
}

function itemOf(value: JsonValue): ItemValue {
  if (value instanceof JsonFloat) return value.value
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([name, field]) => [name, itemOf(field)]))
  return Array.isArray(value) ? value.map(itemOf) : value
}

/** Raw bytes on stdin, as `get -f raw` writes them: exactly as many as the selection takes. */
async function rawItems(
  { io }: CommandContext,
  { dtype, shape }: { dtype: DataTypeSpec; shape: readonly number[] },
): Promise<Items> {
  if (!io.input) throw new UsageError('There is no input to read the value from.')
  const count = product(shape)
  const size = itemSize(dtype)
  const wanted = size === null ? Infinity : count * size
  const parts: Uint8Array[] = []
  let got = 0
  for await (const part of io.input) {
    io.signal.throwIfAborted()
    parts.push(part)
    got += part.length
    if (got > wanted) break
  }
  if (size !== null && got !== wanted)
    throw new ValueError(
      `The input has ${got > wanted ? 'more than' : 'only'} ${Math.min(got, wanted)} bytes; the selection takes ${wanted}.`,
    )
  const bytes = concatBytes(parts)
  return size === null ? prefixedItems(bytes, count) : { data: bytes }
}

/** Items as u32 little-endian byte length, then the bytes. */
function prefixedItems(bytes: Uint8Array, count: number): Items {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const parts: Uint8Array[] = []
  const offsets = new Uint32Array(count + 1)
  let at = 0
  while (at + 4 <= bytes.length && parts.length < count) {
    const length = view.getUint32(at, true)
    if (at + 4 + length > bytes.length) break
    parts.push(bytes.subarray(at + 4, at + 4 + length))
    offsets[parts.length] = offsets[parts.length - 1]! + length
    at += 4 + length
  }
  if (parts.length !== count || at !== bytes.length)
    throw new ValueError(`The input holds no ${count} items, each as u32 byte length and the bytes.`)
  return { data: concatBytes(parts), offsets }
}
