import { ValueError, ZarrscopeError } from '@shared/errors'
import { jsonArray, jsonInteger } from '@shared/json/access'
import { parseJson } from '@shared/json/parse'
import { stringifyJson } from '@shared/json/stringify'
import type { JsonValue } from '@shared/json/value'
import { packed } from './bytes'
import type { BoundSerializer, ChunkSpec } from './codec'
import type { Configuration } from './configuration'
import { corrupt } from './corrupt'
import { canonical, product } from './layout'
import { joinItems } from './vlen'

/** Writes and reads one document of a chunk's format. */
interface DocumentFormat {
  read(stored: Uint8Array): JsonValue
  write(document: JsonValue): Uint8Array
}

const [decoder, encoder] = [new TextDecoder(), new TextEncoder()]

/**
 * Array→bytes for Python objects in a document `[items…, dtype, shape]`, the items nested as the shape says. Each item
 * becomes its JSON, or itself where the array holds texts.
 */
export function objectCodec(
  configuration: Configuration,
  input: ChunkSpec,
  format: DocumentFormat,
): BoundSerializer {
  const { kind } = input.dtype
  if (kind !== 'object' && kind !== 'vlen-text')
    configuration.fail('', `stores objects, not items of type ${kind}`)
  const count = product(input.shape)
  return {
    output: { size: undefined },
    decode(stored) {
      const items = flattened(readDocument(format, stored), count)
      const { data, offsets } = joinItems(
        items.map((item) => encoder.encode(kind === 'object' ? stringifyJson(item) : text(item))),
      )
      return { ...packed(input, data), offsets }
    },
    encode(chunk) {
      const { data, offsets = new Uint32Array() } = canonical(chunk)
      const items = Array.from({ length: count }, (_, i) => {
        const item = decoder.decode(data.subarray(offsets[i], offsets[i + 1]))
        return kind === 'object' ? parseItem(item) : item
      })
      return format.write([...nested(items, input.shape), '|O', [...input.shape]])
    },
  }
}

/** What the parser says about a broken document is said about the chunk. */
function readDocument(format: DocumentFormat, stored: Uint8Array): JsonValue {
  try {
    return format.read(stored)
  } catch (thrown) {
    if (thrown instanceof ZarrscopeError && thrown.code === 'METADATA_INVALID')
      throw corrupt(thrown.message.replace(/\.$/, ''), thrown)
    throw thrown
  }
}

function parseItem(json: string): JsonValue {
  try {
    return json === '' ? null : parseJson(json).value
  } catch (cause) {
    throw new ValueError(`"${json}" is not JSON.`, { cause })
  }
}

function text(item: JsonValue): string {
  if (item === null || item === 0) return ''
  return typeof item === 'string' ? item : JSON.stringify(item)
}

/** The items of a document in C order. */
function flattened(document: JsonValue, count: number): JsonValue[] {
  const parts = jsonArray(document) ?? []
  const shape = jsonArray(parts.at(-1))?.map((length) => jsonInteger(length) ?? -1)
  if (shape === undefined || typeof parts.at(-2) !== 'string' || shape.some((length) => length < 0)) {
    throw corrupt('it is not a list of items, data type and shape')
  }
  if (product(shape) !== count)
    throw corrupt(`it holds ${product(shape)} items where the metadata asks for ${count}`)
  let items = parts.slice(0, -2)
  for (let axis = 0; axis < shape.length; axis++) {
    if (items.length !== product(shape.slice(0, axis + 1)))
      throw corrupt(`its items are not as many as its shape says`)
    if (axis < shape.length - 1) items = items.flatMap((item) => inner(item, shape[axis + 1]!))
  }
  if (items.length !== count) throw corrupt('its items are not as many as its shape says')
  return items
}

function inner(item: JsonValue, length: number): JsonValue[] {
  const list = jsonArray(item)
  if (list?.length !== length) throw corrupt('its items are not nested as its shape says')
  return list
}

function nested(items: readonly JsonValue[], shape: readonly number[]): JsonValue[] {
  return shape
    .slice(1)
    .reduceRight<JsonValue[]>(
      (list, length) =>
        Array.from({ length: list.length / length }, (_, i) => list.slice(i * length, (i + 1) * length)),
      [...items],
    )
}
