/** By which column a table is sorted; null leaves the rows in the order they came. */
export interface Sort {
  column: string
  descending: boolean
}

export type SortValue = number | string | null

/**
 * Rows by a value of theirs, equal ones in the order they came. Rows without the value come last whichever way the
 * others go.
 */
export function sortRows<T>(
  rows: readonly T[],
  sort: Sort | null,
  value: (row: T, column: string) => SortValue,
): T[] {
  if (!sort) return [...rows]
  const { column, descending } = sort
  return [...rows].sort((a, b) => {
    const [x, y] = [value(a, column), value(b, column)]
    if (x === null || y === null) return Number(x === null) - Number(y === null)
    const order = typeof x === 'string' || typeof y === 'string' ? compareText(x, y) : x - y
    return descending ? -order : order
  })
}

const compareText = (a: SortValue, b: SortValue): number => String(a).localeCompare(String(b), 'en')

/** What a click on a column does: its better end first, then the other, then the order they came in. */
export function nextSort(
  sort: Sort | null,
  column: string,
  bestFirst: 'ascending' | 'descending',
): Sort | null {
  const descending = bestFirst === 'descending'
  if (sort?.column !== column) return { column, descending }
  return sort.descending === descending ? { column, descending: !descending } : null
}
