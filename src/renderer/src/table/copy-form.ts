/** Selected cells as text for the clipboard. */
import type { ItemValue } from '@shared/dtype/data-type'
import { dataType } from '@shared/dtype/registry'
import { LimitError } from '@shared/errors'
import { stringifyJson } from '@shared/json/stringify'
import { numpyLiteral } from '@shared/script/numpy-literal'
import { formatBytes } from '../ui/format'
import { type Display, displayText } from './cell-display'
import { inputText } from './cell-input'
import type { RangeRect } from './ranges'
import { cellOf, type TableModel, typeOf } from './table-model'
import type { Tile } from './tile'
import { type TsvCell, writeTsv } from './tsv'

export type CopyForm = 'tsv' | 'shown' | 'numpy' | 'json'

export interface CopyOptions {
  /** TSV: row and column heads as well. */
  headers: boolean
  /** TSV: an apostrophe before texts that a spreadsheet would run as formulas. */
  guard: boolean
}

export interface Heads {
  row: (row: number) => string
  column: (column: number) => string
}

/** Longer texts freeze whatever they are pasted into. */
const MOST_CHARACTERS = 64 * 2 ** 20

/**
 * The cells of a rectangle that has been read: as TSV with the exact texts of the data type ("tsv") or those on screen
 * ("shown"), as a NumPy literal, or as nested JSON lists. Throws LimitError for texts that no clipboard should hold.
 */
export function copyForm(
  model: TableModel,
  tile: Tile,
  rect: RangeRect,
  form: CopyForm,
  { options, heads, display }: { options: CopyOptions; heads: Heads; display: Display },
): string {
  let characters = 0
  const counted = (text: string): string => {
    characters += text.length
    if (characters > MOST_CHARACTERS)
      throw new LimitError(
        'The length of the text to copy',
        `over ${formatBytes(MOST_CHARACTERS)}`,
        formatBytes(MOST_CHARACTERS),
      )
    return text
  }
  if (form === 'tsv' || form === 'shown') {
    const rows = lines(rect, (row, column): TsvCell => {
      const { value, bytes } = cellOf(model, tile, row, column)
      const dtype = typeOf(model, column)
      const text = form === 'tsv' ? inputText(dtype, value) : displayText(dtype, value, bytes, display).text
      return { text: counted(text), isText: !NUMBERS.has(dtype.spec.kind) }
    })
    return writeTsv(options.headers ? withHeads(rows, rect, heads) : rows, options.guard)
  }
  const { type, valueAt } = chosen(model, tile, rect)
  const values = lines(rect, valueAt, model.fields ? 1 : rect.columns)
  // A line of cells is a list of one dimension, as the array's is.
  const shape = shapeOf(model, rect)
  if (form === 'numpy') return counted(numpyLiteral(type, values.flat(), shape))
  const json = values.map((line) => line.map((value) => type.toJson(value)))
  return counted(
    stringifyJson(shape.length === 2 ? json : shape.length === 1 ? json.flat() : json.flat()[0]!),
  )
}

const NUMBERS: ReadonlySet<string> = new Set([
  'bool',
  'int',
  'uint',
  'float',
  'complex',
  'datetime',
  'timedelta',
])

function lines<T>(rect: RangeRect, at: (row: number, column: number) => T, columns = rect.columns): T[][] {
  return Array.from({ length: rect.rows }, (_, r) =>
    Array.from({ length: columns }, (__, c) => at(rect.row + r, rect.column + c)),
  )
}

function shapeOf({ slice }: TableModel, rect: RangeRect): number[] {
  if (slice.row === null && slice.column === null) return []
  return slice.column === null ? [rect.rows] : slice.row === null ? [rect.columns] : [rect.rows, rect.columns]
}

function withHeads(rows: TsvCell[][], rect: RangeRect, heads: Heads): TsvCell[][] {
  const cell = (text: string): TsvCell => ({ text, isText: false })
  const top = Array.from({ length: rect.columns }, (_, c) => cell(heads.column(rect.column + c)))
  return [[cell(''), ...top], ...rows.map((row, r) => [cell(heads.row(rect.row + r)), ...row])]
}

/** The items under a rectangle: of a record those fields whose columns it covers. */
function chosen(model: TableModel, tile: Tile, rect: RangeRect) {
  const { dtype, fields } = model
  const plain = (row: number, column: number): ItemValue => cellOf(model, tile, row, column).value
  if (!fields) return { type: dtype, valueAt: plain }
  const covered = fields.slice(rect.column, rect.column + rect.columns)
  const [only] = covered
  if (only && covered.length === 1) return { type: only.type, valueAt: plain }
  const spec = {
    kind: 'struct' as const,
    fields: covered.map(({ name, type }) => ({ name, type: type.spec })),
  }
  const record = (row: number): ItemValue => tile.value(row, 0)
  const type = covered.length === fields.length ? dtype : dataType(spec)
  return { type, valueAt: record }
}
