import { UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { nextSort, type Sort } from './sort-rows'
import classes from './tune.module.css'

export interface Column {
  id: string
  label: string
  /** Right-aligned, in tabular figures. */
  number?: boolean
  /** Which end a first click brings to the top; absent: the column is not sorted by. */
  best?: 'ascending' | 'descending'
  /** What the figures mean. */
  title?: string
}

/** A table whose columns sort; the rows are given in their order. It scrolls below its head. */
export function SortableTable({
  label,
  columns,
  sort,
  onSort,
  children,
}: {
  label: string
  columns: readonly Column[]
  sort: Sort | null
  onSort: (sort: Sort | null) => void
  children: ReactNode
}) {
  return (
    <div className={classes['tableBox']} tabIndex={-1}>
      <table className={classes['table']} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <HeadCell key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

function HeadCell({
  column,
  sort,
  onSort,
}: {
  column: Column
  sort: Sort | null
  onSort: (sort: Sort | null) => void
}) {
  const { id, label, number, best, title } = column
  const active = sort?.column === id ? sort : null
  const Icon = active?.descending ? IconChevronDown : IconChevronUp
  return (
    <th
      scope="col"
      data-number={number || undefined}
      title={title}
      aria-sort={active ? (active.descending ? 'descending' : 'ascending') : best ? 'none' : undefined}
    >
      {best ? (
        <UnstyledButton
          className={classes['sortButton'] ?? ''}
          onClick={() => onSort(nextSort(sort, id, best))}
        >
          {label}
          <Icon size={12} aria-hidden data-shown={active !== null || undefined} />
        </UnstyledButton>
      ) : (
        label
      )}
    </th>
  )
}
