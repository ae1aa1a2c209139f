/** What the table changes, as edits of the store. */
import { concatBytes } from '@shared/dtype/concat-bytes'
import type { DataType } from '@shared/dtype/data-type'
import type { Edit } from '@shared/model/edits'
import type { DimSlice } from '@shared/selection/selection'
import type { Position } from './movement'
import type { RangeRect } from './ranges'
import { regionOf, type TableModel } from './table-model'

type CellsEdit = Extract<Edit, { kind: 'cells' }>

/** Dimensions of an edit: all of them, so that the shape of its items has one length for each. */
const wholeDims = (dims: readonly DimSlice[]): DimSlice[] =>
  dims.map(({ start, step, count }) => ({ start, step, count }))

/** One value for every cell of a region. */
export function sameValue(
  path: string,
  dims: readonly DimSlice[],
  bytes: Uint8Array,
  { itemsize, spec }: DataType,
): CellsEdit {
  return {
    kind: 'cells',
    path,
    dims: wholeDims(dims),
    shape: dims.map(() => 1),
    data: bytes,
    ...(itemsize === null ? { offsets: Uint32Array.of(0, bytes.length) } : {}),
    dtype: spec,
    by: 'typing',
  }
}

/** The new value of one cell. A field of a record needs the record's present bytes. */
export function typedCell(
  model: TableModel,
  path: string,
  at: Position,
  bytes: Uint8Array,
  record: Uint8Array | undefined,
): CellsEdit {
  const { dims } = regionOf(model, { ...at, rows: 1, columns: 1 })
  const field = model.fields?.[at.column]
  const item = field && record ? withField(record, field.offset, bytes) : bytes
  return sameValue(path, dims, item, model.dtype)
}

/** A record with other bytes in one place. */
export function withField(record: Uint8Array, offset: number, bytes: Uint8Array): Uint8Array {
  const changed = record.slice()
  changed.set(bytes, offset)
  return changed
}

/**
 * Items for a rectangle of the table, given row by row, as an edit: its items lie in the order of the array's
 * dimensions, which is another where the table shows it transposed.
 */
export function pastedBlock(
  model: TableModel,
  path: string,
  rect: RangeRect,
  items: readonly (readonly Uint8Array[])[],
): CellsEdit {
  const { dims, rowStride, columnStride } = regionOf(model, rect)
  const rows = items.length
  const columns = items[0]?.length ?? 0
  const ordered = new Array<Uint8Array>(rows * columns)
  items.forEach((line, r) => {
    line.forEach((bytes, c) => {
      ordered[r * rowStride + c * columnStride] = bytes
    })
  })
  const data = concatBytes(ordered)
  const offsets = new Uint32Array(ordered.length + 1)
  ordered.forEach((bytes, i) => {
    offsets[i + 1] = (offsets[i] ?? 0) + bytes.length
  })
  return {
    kind: 'cells',
    path,
    dims: wholeDims(dims),
    shape: dims.map(({ count }) => count),
    data,
    ...(model.dtype.itemsize === null ? { offsets } : {}),
    dtype: model.dtype.spec,
    by: 'paste',
  }
}

/** Regions of several selected rectangles. */
export const regionsOf = (model: TableModel, rects: readonly RangeRect[]): DimSlice[][] =>
  rects.map((rect) => wholeDims(regionOf(model, rect).dims))

/** Fields whose columns a rectangle covers, where fields have columns; undefined for all of them. */
export function fieldsUnder({ fields }: TableModel, rect: RangeRect): string[] | undefined {
  if (!fields || rect.columns === fields.length) return undefined
  return fields.slice(rect.column, rect.column + rect.columns).map(({ name }) => name)
}
