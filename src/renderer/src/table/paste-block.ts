import { ValueError } from '@shared/errors'
import type { DataType } from '@shared/dtype/data-type'
import { parseInput } from './cell-input'
import type { RangeRect } from './ranges'
import { readTsv } from './tsv'

/** Where a pasted block goes: see `placeBlock`. */
export interface Placement {
  /** The rectangle that gets values, inside of the table. */
  rect: RangeRect
  /** Cells of the block that have no place. */
  clipped: number
}

const MOST_PASTED = 1_000_000

/** The texts of a block. Throws ValueError where there are too many, or where a row is shorter than the others. */
export function readBlock(text: string): string[][] {
  const rows = readTsv(text)
  const columns = rows[0]?.length ?? 0
  if (rows.length * columns > MOST_PASTED)
    throw new ValueError(
      `The block has ${rows.length * columns} cells; at most ${MOST_PASTED} can be pasted at once.`,
    )
  return rows.map((row, r) =>
    row.map((cell, c) => {
      if (cell !== undefined) return cell
      throw new ValueError(`Row ${r + 1} of the block has only ${c} of ${columns} cells.`)
    }),
  )
}

/**
 * As spreadsheets place a block: from the first selected cell on; over the whole selection, again and again, where
 * that is a multiple of the block in both directions. What would lie outside of the table is clipped.
 */
export function placeBlock(
  block: { rows: number; columns: number },
  selected: RangeRect,
  table: { rows: number; columns: number },
): Placement {
  const repeats = selected.rows % block.rows === 0 && selected.columns % block.columns === 0
  const wanted = repeats ? selected : { ...selected, ...block }
  const rect = {
    ...wanted,
    rows: Math.min(wanted.rows, table.rows - wanted.row),
    columns: Math.min(wanted.columns, table.columns - wanted.column),
  }
  return { rect, clipped: wanted.rows * wanted.columns - rect.rows * rect.columns }
}

/**
 * Canonical bytes for every cell of a placement. Throws ValueError that names the row and column of the block (counted
 * from 1) whose text the data type cannot hold; nothing is to be pasted then.
 */
export function parseBlock(
  block: readonly (readonly string[])[],
  rect: RangeRect,
  typeAt: (column: number) => DataType,
): Uint8Array[][] {
  const known = new Map<string, Uint8Array>()
  const parsed = (r: number, c: number, dtype: DataType): Uint8Array => {
    const text = block[r]?.[c] ?? ''
    const key = `${dtype.name}\n${text}`
    const found = known.get(key)
    if (found) return found
    try {
      const bytes = parseInput(dtype, text)
      known.set(key, bytes)
      return bytes
    } catch (error) {
      if (!(error instanceof ValueError)) throw error
      throw new ValueError(`Row ${r + 1}, column ${c + 1} of the block: ${error.message}`)
    }
  }
  const [rows, columns] = [block.length, block[0]?.length ?? 0]
  return Array.from({ length: rect.rows }, (_, r) =>
    Array.from({ length: rect.columns }, (__, c) => parsed(r % rows, c % columns, typeAt(rect.column + c))),
  )
}
