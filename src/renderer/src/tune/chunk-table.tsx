import { Button } from '@mantine/core'
import { figure } from '@shared/trials/figure'
import { IconArrowNarrowDown, IconArrowNarrowUp } from '@tabler/icons-react'
import { formatBytes, formatCount, formatShape } from '../ui/format'
import { layoutKey, sizeVerdict, type MeasuredRow } from './layout-rows'
import { Mark } from './mark'
import { SortableTable, type Column } from './sortable-table'
import { sortRows, type Sort, type SortValue } from './sort-rows'
import type { ChosenLayout } from './tune-state'
import classes from './tune.module.css'

const COLUMNS: readonly Column[] = [
  { id: 'use', label: 'Use' },
  { id: 'chunks', label: 'Chunks' },
  { id: 'shards', label: 'Shards' },
  {
    id: 'touched',
    label: 'Chunks touched',
    number: true,
    best: 'ascending',
    title: 'By one access, weighted mean over the patterns; exact',
  },
  {
    id: 'read',
    label: 'Bytes read',
    number: true,
    best: 'ascending',
    title: 'Stored bytes of these chunks; ~ marks estimates',
  },
  {
    id: 'amplification',
    label: 'Amplification',
    number: true,
    best: 'ascending',
    title: 'Decoded over wanted bytes; exact',
  },
  { id: 'files', label: 'Files', number: true, best: 'ascending', title: 'Of a full array' },
  {
    id: 'size',
    label: 'Chunk size',
    number: true,
    best: 'ascending',
    title: 'Decoded; the rule of the field is about 1 MiB',
  },
  {
    id: 'time',
    label: 'Time',
    number: true,
    best: 'ascending',
    title: 'Of one access, measured on a trial copy',
  },
]

/** What every shape costs, a layout a row. */
export function ChunkTable({
  rows,
  typedKeys,
  chosen,
  sort,
  measuring,
  keyOf,
  onSort,
  onChoose,
  onMeasure,
}: {
  rows: readonly MeasuredRow[]
  typedKeys: ReadonlySet<string>
  chosen: ChosenLayout | null
  sort: Sort | null
  /** Which trial copy is being made. */
  measuring: string | null
  keyOf: (row: MeasuredRow) => string
  onSort: (sort: Sort | null) => void
  onChoose: (row: MeasuredRow) => void
  /** Null: nothing can be measured. */
  onMeasure: ((row: MeasuredRow) => void) | null
}) {
  const chosenKey = chosen && layoutKey(chosen)
  const sharded = rows.some(({ shards }) => shards !== null)
  const columns = sharded ? COLUMNS : COLUMNS.filter(({ id }) => id !== 'shards')
  return (
    <SortableTable label="Chunk candidates" columns={columns} sort={sort} onSort={onSort}>
      {sortRows(rows, sort, valueOf).map((row, i) => (
        <ChunkTableRow
          // Refused shapes may be typed twice.
          key={row.refused === undefined ? row.key : `refused ${i}`}
          row={row}
          sharded={sharded}
          typed={typedKeys.has(row.key)}
          chosen={row.key === chosenKey}
          measuring={measuring !== null && measuring === keyOf(row)}
          onChoose={() => onChoose(row)}
          onMeasure={onMeasure && (() => onMeasure(row))}
        />
      ))}
    </SortableTable>
  )
}

function ChunkTableRow({
  row,
  sharded,
  typed,
  chosen,
  measuring,
  onChoose,
  onMeasure,
}: {
  row: MeasuredRow
  /** There is a column of shards. */
  sharded: boolean
  typed: boolean
  chosen: boolean
  measuring: boolean
  onChoose: () => void
  onMeasure: (() => void) | null
}) {
  const { chunks, shards, refused, varied } = row
  const shape = varied ? 'rectilinear' : formatShape(chunks)
  const name = `chunks ${shape}${shards ? `, shards ${formatShape(shards)}` : ''}`
  return (
    <tr data-chosen={chosen || undefined} data-refused={refused !== undefined || undefined}>
      <td>
        {/* A grid of several sizes cannot be made anew, nor tried. */}
        {refused === undefined && !varied && (
          <input type="radio" name="layout" aria-label={`Use ${name}`} checked={chosen} onChange={onChoose} />
        )}
      </td>
      <th scope="row">
        <span className={classes['shapeName']}>{shape}</span>
        <span className={classes['marks']}>
          {row.present && <Mark kind="present" />}
          {row.suggestedWhy !== undefined && <Mark kind="suggested" title={row.suggestedWhy} />}
          {typed && !row.present && <Mark kind="typed" />}
        </span>
      </th>
      {refused === undefined ? (
        <>
          {sharded && <td>{shards ? formatShape(shards) : ''}</td>}
          <td data-number>{figure(row.touched)}</td>
          <td data-number title={row.estimated ? 'An estimate' : 'Measured on a trial copy'}>
            {row.estimated && '~'}
            {formatBytes(Math.round(row.bytesRead))}
          </td>
          <td data-number>{figure(row.amplification)}×</td>
          <td data-number>{formatCount(row.files)}</td>
          <td data-number>
            <ChunkSize bytes={row.chunkBytes} />
          </td>
          <td data-number>
            <Time row={row} name={name} measuring={measuring} onMeasure={varied ? null : onMeasure} />
          </td>
        </>
      ) : (
        <td colSpan={sharded ? 7 : 6} className={classes['refused']}>
          {refused}
        </td>
      )}
    </tr>
  )
}

/** The size, with an arrow and words where it is far from the rule. */
function ChunkSize({ bytes }: { bytes: number }) {
  const verdict = sizeVerdict(bytes)
  const Arrow = verdict === 'small' ? IconArrowNarrowDown : IconArrowNarrowUp
  return (
    <>
      {formatBytes(bytes)}
      {verdict !== 'fits' && (
        <span className={classes['verdict']} title={`The rule of the field is about 1 MiB`}>
          <Arrow size={12} aria-hidden />
          {verdict}
        </span>
      )}
    </>
  )
}

function Time({
  row,
  name,
  measuring,
  onMeasure,
}: {
  row: MeasuredRow
  name: string
  measuring: boolean
  onMeasure: (() => void) | null
}) {
  if (measuring) return <span className={classes['dim']}>measuring…</span>
  if (row.measuredMs !== undefined) return <>{figure(row.measuredMs)} ms</>
  if (!onMeasure) return null
  return (
    <Button size="compact-xs" variant="default" aria-label={`Measure ${name}`} onClick={onMeasure}>
      Measure
    </Button>
  )
}

function valueOf(row: MeasuredRow, column: string): SortValue {
  if (row.refused !== undefined) return null
  switch (column) {
    case 'touched':
      return row.touched
    case 'read':
      return row.bytesRead
    case 'amplification':
      return row.amplification
    case 'files':
      return row.files
    case 'size':
      return row.chunkBytes
    case 'time':
      return row.measuredMs ?? null
    default:
      return null
  }
}
