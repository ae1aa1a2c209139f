import { SelectionError } from '../errors'
import { combine, points, type IndexArray } from './combine'
import {
  indicesDim,
  integerDim,
  maskDim,
  normalizeIndex,
  sliceDim,
  wholeDim,
  type Dimension,
} from './dimension'
import { parseSelection, placeItems } from './parse'
import type { DimIndices, DimSlice, Selection } from './selection'

/** A slice as Python has it; null leaves a bound out. */
export interface Slice {
  kind: 'slice'
  start: number | null
  stop: number | null
  step: number | null
}

type Bound = number | bigint | null

/** `slice(stop)`, `slice(start, stop)` or `slice(start, stop, step)`, as in Python. */
export function slice(...bounds: [Bound?] | [Bound, Bound, Bound?]): Slice {
  const [a = null, b = null, c = null] = bounds.map((bound) =>
    typeof bound === 'bigint' ? Number(bound) : bound,
  )
  return bounds.length < 2
    ? { kind: 'slice', start: null, stop: a, step: null }
    : { kind: 'slice', start: a, stop: b, step: c }
}

/** Integers or booleans, nested to any depth. Typed arrays hold integers. */
export type IndexList = readonly (number | bigint | boolean | IndexList)[] | IntegerArray
type IntegerArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array

/** What one dimension may be given: an integer, a slice, null for all of it, a list of indices, a mask; "..." for several. */
export type SelectionEntry = number | bigint | Slice | null | '...' | IndexList

/** A selection as the library takes it; nothing means everything. */
export type SelectionInput = string | number | bigint | Slice | null | undefined | readonly SelectionEntry[]

/**
 * A selection in any form as one against the array's shape. As in `parseSelection`, lists are orthogonal unless every
 * one of several dimensions has one; a mask of the array's whole shape selects points. Throws SelectionError.
 */
export function normalizeSelection(
  input: SelectionInput,
  shape: readonly number[],
  dimensionNames?: readonly (string | null)[] | null,
): Selection {
  if (typeof input === 'string') return parseSelection(input, shape, dimensionNames)
  const entries = toEntries(input)
  const [only] = entries
  if (entries.length === 1 && isNestedMask(only)) return maskPoints(only, shape)
  return combine(placeEntries(entries, shape))
}

/** Orthogonal selection: each dimension on its own, lists never combine into points. Throws SelectionError. */
export function orthogonalSelection(input: SelectionInput, shape: readonly number[]): Selection {
  if (typeof input === 'string') return orthogonal(parseSelection(input, shape), shape)
  const dims = placeEntries(toEntries(input), shape)
  return dims.every((dim) => !('indices' in dim)) ? combine(dims) : { kind: 'orthogonal', dims }
}

/** A parsed text whose lists made points, taken back to dimensions on their own. */
function orthogonal(selection: Selection, shape: readonly number[]): Selection {
  if (selection.kind !== 'points') return selection
  if (selection.indices.length !== shape.length) throw new SelectionError('This selection is not orthogonal.')
  return { kind: 'orthogonal', dims: selection.indices.map((indices) => ({ indices })) }
}

/** Pointwise selection: one list of integers per dimension, broadcast together, or one mask of the array's shape. */
export function pointSelection(
  input: readonly (number | bigint | IndexList)[],
  shape: readonly number[],
): Selection {
  const list = input as IndexList
  if (isNestedMask(list)) {
    const [inside] = list
    return maskPoints(
      list.length === 1 && depth(inside) === shape.length ? (inside as IndexList) : list,
      shape,
    )
  }
  if (input.length !== shape.length) {
    throw new SelectionError(
      `A pointwise selection needs ${shape.length} lists, one per dimension; there are ${input.length}.`,
    )
  }
  return points(input.map((entry, axis) => indexArray(entry, { axis, size: shape[axis]! })))
}

function toEntries(input: Exclude<SelectionInput, string>): readonly SelectionEntry[] {
  if (input === undefined) return []
  return Array.isArray(input) ? (input as readonly SelectionEntry[]) : [input as SelectionEntry]
}

function placeEntries(
  entries: readonly SelectionEntry[],
  shape: readonly number[],
): (DimSlice | DimIndices)[] {
  const dims: (DimSlice | DimIndices)[] = shape.map(wholeDim)
  const items = entries.map((entry) =>
    entry === '...' ? ({ kind: 'ellipsis' } as const) : ({ kind: 'entry', entry } as const),
  )
  for (const { item, axis } of placeItems(items, shape.length))
    dims[axis] = toDim(item.entry, { axis, size: shape[axis]! })
  return dims
}

function toDim(entry: Exclude<SelectionEntry, '...'>, dimension: Dimension): DimSlice | DimIndices {
  if (entry === null) return wholeDim(dimension.size)
  if (typeof entry === 'number' || typeof entry === 'bigint') return integerDim(Number(entry), dimension)
  if ('kind' in entry) return sliceDim(entry, dimension.size)
  if (isNestedMask(entry)) return maskDim(flatten(entry).values, dimension)
  const { indices, shape } = indexArray(entry, dimension)
  if (shape.length > 1) throw new SelectionError('Lists of lists are for pointwise selection (vindex) only.')
  return { indices }
}

function indexArray(entry: number | bigint | IndexList, dimension: Dimension): IndexArray {
  if (typeof entry === 'number' || typeof entry === 'bigint') {
    return { indices: Float64Array.of(normalizeIndex(Number(entry), dimension)), shape: [] }
  }
  const { values, shape } = flatten(entry)
  if (values.some((value) => typeof value === 'boolean'))
    throw new SelectionError('A list holds integers or booleans, not both.')
  return { ...indicesDim(values as number[], dimension), shape }
}

const depth = (list: unknown): number => (Array.isArray(list) ? 1 + depth(list[0]) : 0)

/** Whether a list, however deep, holds booleans; an empty list holds indices. */
function isNestedMask(list: unknown): list is readonly (boolean | IndexList)[] {
  return Array.isArray(list) && (typeof list[0] === 'boolean' || isNestedMask(list[0]))
}

function maskPoints(mask: IndexList, shape: readonly number[]): Selection {
  const { values, shape: own } = flatten(mask)
  if (own.length === 1 && shape.length > 1) {
    return {
      kind: 'orthogonal',
      dims: [maskDim(values, { axis: 0, size: shape[0]! }), ...shape.slice(1).map(wholeDim)],
    }
  }
  if (own.length !== shape.length || own.some((size, axis) => size !== shape[axis])) {
    throw new SelectionError(
      `A mask of the shape (${own.join(', ')}) does not fit an array of the shape (${shape.join(', ')}).`,
    )
  }
  const chosen = values.flatMap((value, i) => (value === true ? [i] : []))
  let stride = values.length
  const indices = shape.map((size) => {
    stride /= size
    return Float64Array.from(chosen, (i) => Math.floor(i / stride) % size)
  })
  return { kind: 'points', indices, shape: [chosen.length] }
}

/** The values of a nested list in C order, and its shape. Throws SelectionError where its rows differ in length. */
function flatten(list: IndexList): { values: (number | boolean)[]; shape: number[] } {
  const shape: number[] = []
  let level: unknown[] = [list]
  while (level.length > 0 && level.every((value) => Array.isArray(value) || ArrayBuffer.isView(value))) {
    const rows = level.map((row) => Array.from(row as ArrayLike<unknown>))
    const [first] = rows
    if (rows.some((row) => row.length !== first!.length))
      throw new SelectionError('The rows of an index list differ in length.')
    shape.push(first!.length)
    level = rows.flat()
  }
  const values = level.map((value) => {
    if (typeof value === 'number' || typeof value === 'boolean') return value
    if (typeof value === 'bigint') return Number(value)
    throw new SelectionError('An index list holds integers or booleans only.')
  })
  return { values, shape }
}
