import { figure } from '@shared/trials/figure'
import { settingText } from '@shared/trials/setting-text'
import { formatBytes } from '../ui/format'
import type { ShownRow } from './codec-results'
import { Mark } from './mark'
import { SortableTable, type Column } from './sortable-table'
import { sortRows, type Sort, type SortValue } from './sort-rows'
import type { ChosenSetting } from './tune-state'
import classes from './tune.module.css'

const COLUMNS: readonly Column[] = [
  { id: 'use', label: 'Use' },
  { id: 'name', label: 'Candidate', best: 'ascending' },
  { id: 'ratio', label: 'Ratio', number: true, best: 'descending', title: 'Decoded over stored bytes' },
  {
    id: 'stored',
    label: 'Stored',
    number: true,
    best: 'ascending',
    title: 'What all initialized chunks would take, projected from the sample',
  },
  {
    id: 'encode',
    label: 'Encode MB/s',
    number: true,
    best: 'descending',
    title: 'Decoded bytes on one thread of this machine',
  },
  {
    id: 'decode',
    label: 'Decode MB/s',
    number: true,
    best: 'descending',
    title: 'Decoded bytes on one thread of this machine',
  },
  {
    id: 'error',
    label: 'Max error',
    best: 'ascending',
    title: 'Largest difference of a value after a round trip',
  },
]

/** Everything that was measured, a candidate a row. */
export function CodecTable({
  rows,
  suggested,
  chosen,
  sort,
  onSort,
  onChoose,
}: {
  rows: readonly ShownRow[]
  suggested: string | null
  chosen: ChosenSetting | null
  sort: Sort | null
  onSort: (sort: Sort | null) => void
  onChoose: (row: ShownRow) => void
}) {
  const isChosen = isChosenBy(chosen)
  return (
    <SortableTable label="Codec candidates" columns={COLUMNS} sort={sort} onSort={onSort}>
      {rows.length === 0 && (
        <tr>
          <td colSpan={COLUMNS.length} className={classes['emptyRow']}>
            Nothing is measured yet.
          </td>
        </tr>
      )}
      {sortRows(rows, sort, valueOf).map((row) => (
        <CodecTableRow
          key={row.text}
          row={row}
          chosen={isChosen(row)}
          suggested={row.spec === suggested}
          onChoose={() => onChoose(row)}
        />
      ))}
    </SortableTable>
  )
}

/** Whether a row is the setting that was chosen. */
export function isChosenBy(chosen: ChosenSetting | null): (row: ShownRow) => boolean {
  const text = chosen && settingText(chosen.setting)
  return ({ setting }) => text !== null && settingText(setting) === text
}

function CodecTableRow({
  row,
  chosen,
  suggested,
  onChoose,
}: {
  row: ShownRow
  chosen: boolean
  suggested: boolean
  onChoose: () => void
}) {
  const { name, spec, ratio, storedBytes, encodeMBps, decodeMBps, refused, warning } = row
  return (
    <tr data-chosen={chosen || undefined} data-refused={refused !== undefined || undefined}>
      <td>
        {refused === undefined && (
          <input type="radio" name="codec" aria-label={`Use ${name}`} checked={chosen} onChange={onChoose} />
        )}
      </td>
      <th scope="row" title={spec}>
        <span className={classes['candidate']}>{name}</span>
        <span className={classes['marks']}>
          {row.present && <Mark kind="present" />}
          {suggested && <Mark kind="suggested" />}
          {row.pareto && <Mark kind="pareto" />}
          {warning !== undefined && <Mark kind="warning" title={warning} />}
        </span>
      </th>
      {refused === undefined ? (
        <>
          <td data-number>{ratioText(ratio)}</td>
          <td data-number>{storedBytes === null ? '' : formatBytes(storedBytes)}</td>
          <td data-number>{text(encodeMBps)}</td>
          <td data-number>{text(decodeMBps)}</td>
          <td>{lossText(row)}</td>
        </>
      ) : (
        <td colSpan={5} className={classes['refused']}>
          {refused}
        </td>
      )}
    </tr>
  )
}

const text = (value: number | null): string => (value === null ? '' : figure(value))

/** With the same decimals in every row, so that digits stand below each other. */
const ratioText = (ratio: number | null): string =>
  ratio === null || ratio >= 100 ? text(ratio) : ratio.toFixed(2)

/** "lossless", or what a value may be off by. */
function lossText({ lossless, maxError }: ShownRow): string {
  if (lossless === null) return ''
  if (lossless) return 'lossless'
  if (maxError === undefined) return 'lossy'
  return Number.isFinite(maxError) ? `± ${figure(maxError)}` : 'numbers lost'
}

function valueOf(row: ShownRow, column: string): SortValue {
  if (row.refused !== undefined) return null
  switch (column) {
    case 'name':
      return row.name
    case 'ratio':
      return row.ratio
    case 'stored':
      return row.storedBytes
    case 'encode':
      return row.encodeMBps
    case 'decode':
      return row.decodeMBps
    case 'error':
      return row.lossless === null ? null : row.lossless ? 0 : (row.maxError ?? Infinity)
    default:
      return null
  }
}
