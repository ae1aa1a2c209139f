import { ValueError } from '../errors'
import type { JsonValue } from '../json/value'
import { concatBytes } from './concat-bytes'
import type { DataType, ItemValue } from './data-type'
import { formatInside, parseInside, type TypeOf } from './inside'
import { fixedItemSize } from './itemsize'
import { numpyName, pythonTuple } from './numpy-name'
import { splitItems, wrongValue } from './parse-text'
import type { DataTypeSpec } from './spec'
import { product } from '../selection/counts'

/** A fixed box of items inside one item; values are nested lists. */
export function subarrayType(spec: Extract<DataTypeSpec, { kind: 'subarray' }>, of: TypeOf): DataType {
  const item = of(spec.item)
  const size = fixedItemSize(spec.item)
  const count = product(spec.shape)

  const readBox = (bytes: Uint8Array, offset: number, axis: number): ItemValue => {
    if (axis === spec.shape.length) return item.read(bytes, offset)
    const step = size * product(spec.shape.slice(axis + 1))
    return Array.from({ length: spec.shape[axis]! }, (_, i) => readBox(bytes, offset + i * step, axis + 1))
  }
  const needsShape = (): ValueError =>
    new ValueError(`This type needs a list of the shape ${pythonTuple(spec.shape)}.`)
  const leaves = (value: ItemValue, axis: number): ItemValue[] => {
    if (axis === spec.shape.length) return [value]
    if (!Array.isArray(value) || value.length !== spec.shape[axis]) throw needsShape()
    return value.flatMap((part) => leaves(part, axis + 1))
  }
  const typedLeaves = (text: string, axis: number): string[] => {
    if (axis === spec.shape.length) return [text]
    const parts = splitItems(/^\s*\[(.*)\]\s*$/s.exec(text)?.[1] ?? '')
    if (parts.length !== spec.shape[axis]) throw needsShape()
    return parts.flatMap((part) => typedLeaves(part, axis + 1))
  }
  const format = (value: ItemValue, axis: number): string =>
    axis === spec.shape.length
      ? formatInside(item, value)
      : `[${(value as ItemValue[]).map((part) => format(part, axis + 1)).join(', ')}]`
  const toJson = (value: ItemValue, axis: number): JsonValue =>
    axis === spec.shape.length
      ? item.toJson(value)
      : (value as ItemValue[]).map((part) => toJson(part, axis + 1))
  return {
    spec,
    name: numpyName(spec),
    itemsize: size * count,
    read: (bytes, offset) => readBox(bytes, offset, 0),
    encode: (value) => concatBytes(leaves(value, 0).map((part) => item.encode(part))),
    parse: (text) => concatBytes(typedLeaves(text, 0).map((part) => parseInside(item, part))),
    format: (value) => format(value, 0),
    toJson: (value) => toJson(value, 0),
    zero: () => new Uint8Array(size * count),
  }
}

/** A list of any length, its items one after the other. */
export function vlenArrayType(spec: Extract<DataTypeSpec, { kind: 'vlen-array' }>, of: TypeOf): DataType {
  const item = of(spec.item)
  const size = fixedItemSize(spec.item)
  const list = (value: ItemValue): ItemValue[] => {
    if (value === null) return []
    if (!Array.isArray(value)) throw wrongValue(value, 'a list')
    return value
  }
  return {
    spec,
    name: numpyName(spec),
    itemsize: null,
    read(bytes, offset, end = bytes.length) {
      return Array.from({ length: Math.floor((end - offset) / size) }, (_, i) =>
        item.read(bytes, offset + i * size),
      )
    },
    encode: (value) => concatBytes(list(value).map((part) => item.encode(part))),
    parse(text) {
      const inside = /^\s*\[(.*)\]\s*$/s.exec(text)?.[1]
      if (inside === undefined) throw new ValueError(`"${text}" is not a list; write it as [1, 2, 3].`)
      return concatBytes(splitItems(inside).map((part) => parseInside(item, part)))
    },
    format: (value) => `[${(value as ItemValue[]).map((part) => formatInside(item, part)).join(', ')}]`,
    toJson: (value) => (value as ItemValue[]).map((part) => item.toJson(part)),
    zero: () => new Uint8Array(0),
  }
}
