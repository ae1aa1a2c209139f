/** Tables as spreadsheets exchange them: tabs between cells, quotes around what holds tabs, quotes or line breaks. */

const NEEDS_QUOTES = /[\t\r\n"]/
/** A text that starts with one of these is a formula to a spreadsheet. */
const FORMULA = /^[=+\-@\t\r]/

export interface TsvCell {
  text: string
  /** A text of the store's own, not a number: only these are guarded. */
  isText: boolean
}

/** Rows of cells as TSV. With `guard`, texts that a spreadsheet would run as formulas get an apostrophe before them. */
export function writeTsv(rows: readonly (readonly TsvCell[])[], guard: boolean): string {
  return rows.map((row) => row.map((cell) => quoted(guarded(cell, guard))).join('\t')).join('\n')
}

const guarded = ({ text, isText }: TsvCell, guard: boolean): string =>
  guard && isText && FORMULA.test(text) ? `'${text}` : text

const quoted = (text: string): string => (NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** The cells of TSV, a last line break dropped; every row as long as the longest, its other cells undefined. */
export function readTsv(text: string): (string | undefined)[][] {
  const rows: (string | undefined)[][] = [[]]
  let at = 0
  for (;;) {
    const { cell, end } = readCell(text, at)
    rows.at(-1)?.push(cell)
    const sign = text[end]
    if (sign === undefined) break
    at = end + (text.startsWith('\r\n', end) ? 2 : 1)
    if (sign === '\t') continue
    if (at >= text.length) break
    rows.push([])
  }
  const width = rows.reduce((most, { length }) => Math.max(most, length), 0)
  return rows.map((row) => Array.from({ length: width }, (_, i) => row[i]))
}

/** One cell and where it ends. A quote inside of an unquoted cell is a character like any other. */
function readCell(text: string, at: number): { cell: string; end: number } {
  if (text[at] === '"') {
    let cell = ''
    for (let from = at + 1; ;) {
      const close = text.indexOf('"', from)
      if (close < 0) break
      cell += text.slice(from, close)
      if (text[close + 1] !== '"') {
        if (isEnd(text, close + 1)) return { cell, end: close + 1 }
        break
      }
      cell += '"'
      from = close + 2
    }
  }
  let end = at
  while (!isEnd(text, end)) end++
  return { cell: text.slice(at, end), end }
}

const isEnd = (text: string, at: number): boolean => at >= text.length || '\t\r\n'.includes(text[at] ?? '')
