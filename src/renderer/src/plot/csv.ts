/** Rows of cells as CSV by RFC 4180: quotes only where they are needed, lines that end in CR LF. */
export function csvText(rows: Iterable<readonly string[]>): string {
  let text = ''
  for (const row of rows) text += `${row.map(quoted).join(',')}\r\n`
  return text
}

const quoted = (cell: string): string =>
  /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
