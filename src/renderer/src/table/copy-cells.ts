import { notifications } from '@mantine/notifications'
import type { DataType, ItemValue } from '@shared/dtype/data-type'
import { messageOf } from '../state/problems'
import { call } from '../rpc/connection'
import { cellText, type NumberFormat } from './cell-text'
import { type Range, rangeRect } from './movement'
import { rectangle, type SliceState } from './slice-state'
import { Tile } from './tile'
import { stringifyJson } from '@shared/json/stringify'

export type CopyForm = 'tsv' | 'numpy' | 'json'

/** More cells than this do not go to the clipboard; an export to a file is the way. */
export const COPY_LIMIT = 1_000_000

interface What {
  store: string
  path: string
  dtype: DataType
  slice: SliceState
  range: Range
  format: NumberFormat
  as: CopyForm
}

/** Reads the selected cells and puts them on the clipboard, exact unless a number format is chosen for TSV. */
export async function copyCells({ store, path, dtype, slice, range, format, as }: What): Promise<void> {
  const rect = rangeRect(range)
  const cells = rect.rows * rect.columns
  if (cells > COPY_LIMIT) {
    notifications.show({
      color: 'red',
      message: `${cells.toLocaleString('en')} cells are selected; at most ${COPY_LIMIT.toLocaleString('en')} can be copied. Use “zarrscope get … -o FILE” for more.`,
    })
    return
  }
  try {
    const columns =
      slice.column === null ? { start: 0, count: 1 } : { start: rect.column, count: rect.columns }
    const part = rectangle(slice, { start: rect.row, count: rect.rows }, columns)
    const block = await call('array.read', { store, path, dims: part.dims })
    const whole = { row: rect.row, column: columns.start, rows: rect.rows, columns: columns.count }
    const tile = new Tile(whole, block, dtype, part.rowStride, part.columnStride)
    await navigator.clipboard.writeText(formatCells(tile, dtype, format, as))
    notifications.show({
      message: `Copied ${(whole.rows * whole.columns).toLocaleString('en')} cells.`,
      autoClose: 2000,
    })
  } catch (error) {
    notifications.show({ color: 'red', message: `Nothing was copied: ${messageOf(error)}` })
  }
}

/** The cells of a tile as TSV rows, a NumPy literal or nested JSON lists. */
export function formatCells(tile: Tile, dtype: DataType, format: NumberFormat, as: CopyForm): string {
  const { row, column, rows, columns } = tile.rect
  const table = Array.from({ length: rows }, (_, r) =>
    Array.from({ length: columns }, (_, c) => ({
      value: tile.value(row + r, column + c),
      raw: tile.raw(row + r, column + c),
    })),
  )
  if (as === 'tsv')
    return table
      .map((line) => line.map(({ value, raw }) => oneLine(cellText(dtype, value, raw, format))).join('\t'))
      .join('\n')
  if (as === 'json') return stringifyJson(table.map((line) => line.map(({ value }) => dtype.toJson(value))))
  const lines = table.map((line) => `[${line.map(({ value }) => numpyLiteral(dtype, value)).join(', ')}]`)
  return `np.array([${lines.join(',\n          ')}], dtype=${pythonString(dtype.name)})`
}

/** Tabs and line breaks inside a text would break the rows of TSV. */
const oneLine = (text: string): string => text.replace(/[\t\r\n]+/g, ' ')

const pythonString = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

function numpyLiteral(dtype: DataType, value: ItemValue): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number' && !Number.isFinite(value))
    return Number.isNaN(value) ? 'np.nan' : value > 0 ? 'np.inf' : '-np.inf'
  if (typeof value === 'string') return pythonString(value)
  if (dtype.spec.kind === 'datetime' || dtype.spec.kind === 'timedelta') return `'${dtype.format(value)}'`
  return dtype.format(value)
}
