import type { DataType, ItemValue } from '@shared/dtype/data-type'
import { fixedItemSize } from '@shared/dtype/itemsize'
import { dataType } from '@shared/dtype/registry'
import type { BlockPart } from '@shared/model/block'
import type { DimSlice } from '@shared/selection/selection'
import type { Position } from './movement'
import type { RangeRect } from './ranges'
import { cellIndices, columnCount, rectangle, rowCount, type SliceState } from './slice-state'
import type { Tile } from './tile'
import type { TileCache } from './tile-cache'

/** A field of records that has a column of its own. */
export interface FieldColumn {
  name: string
  type: DataType
  /** Where it lies in the canonical bytes of a record. */
  offset: number
  size: number
}

/**
 * What rows and columns of the table are: places of a slice. Records of a single dimension have a column for each
 * field; their items are in column 0 of the slice.
 */
export interface TableModel {
  slice: SliceState
  dtype: DataType
  rows: number
  columns: number
  fields: FieldColumn[] | null
}

export function tableModel(slice: SliceState, dtype: DataType): TableModel {
  const fields = slice.column === null && slice.row !== null ? fieldColumns(dtype) : null
  return { slice, dtype, fields, rows: rowCount(slice), columns: fields ? fields.length : columnCount(slice) }
}

function fieldColumns({ spec }: DataType): FieldColumn[] | null {
  if (spec.kind !== 'struct') return null
  let offset = 0
  return spec.fields.map(({ name, type }) => {
    const field = { name, type: dataType(type), offset, size: fixedItemSize(type) }
    offset += field.size
    return field
  })
}

/** Data type of the cells of a column. */
export const typeOf = ({ dtype, fields }: TableModel, column: number): DataType =>
  fields?.[column]?.type ?? dtype

/** Array index of a cell, one number per dimension. */
export const indicesAt = ({ slice, fields }: TableModel, { row, column }: Position): number[] =>
  cellIndices(slice, row, fields ? 0 : column)

/** The region of the array under a rectangle of cells, whole records where fields have columns. */
export function regionOf(
  { slice, fields }: TableModel,
  rect: RangeRect,
): { dims: DimSlice[]; rowStride: number; columnStride: number } {
  const columns = fields ? { start: 0, count: 1 } : { start: rect.column, count: rect.columns }
  return rectangle(slice, { start: rect.row, count: rect.rows }, columns)
}

export interface KnownCell {
  kind: 'ready'
  value: ItemValue
  /** Canonical bytes. */
  bytes: Uint8Array
  part: BlockPart | undefined
}

export type CellKnowledge =
  KnownCell | { kind: 'loading' } | { kind: 'error'; message: string; retry: () => void }

/** What is known about a cell now. */
export function cellAt(model: TableModel, cache: TileCache, row: number, column: number): CellKnowledge {
  const known = cache.at(row, model.fields ? 0 : column)
  if (!known || known.kind === 'loading') return { kind: 'loading' }
  return known.kind === 'error' ? known : cellOf(model, known.tile, row, column)
}

/** A cell of a tile that has arrived. */
export function cellOf({ dtype, fields }: TableModel, tile: Tile, row: number, column: number): KnownCell {
  const field = fields?.[column]
  if (!field) {
    const bytes = tile.raw(row, column)
    return { kind: 'ready', value: dtype.read(bytes, 0, bytes.length), bytes, part: tile.part(row, column) }
  }
  const bytes = tile.raw(row, 0).subarray(field.offset, field.offset + field.size)
  return { kind: 'ready', value: field.type.read(bytes, 0), bytes, part: tile.part(row, 0) }
}
