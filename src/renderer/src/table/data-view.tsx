import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { dataType } from '@shared/dtype/registry'
import type { DataType } from '@shared/dtype/data-type'
import type { ArrayDetail, NodeDetail } from '@shared/model/node'
import type { StoreInfo } from '@shared/model/host'
import { SliceBar } from '../slicer/slice-bar'
import { DimensionMapper } from '../slicer/dimension-mapper'
import { onCommand } from '../app/commands'
import { publishSelection } from '../state/selection'
import { takeRegion, useRegionRequest } from '../state/region'
import { Empty, ErrorNote } from '../ui/states'
import { cellText, hexBytes, isLeftAligned, typicalWidth } from './cell-text'
import { copyCells } from './copy-cells'
import { GoTo } from './go-to'
import type { CellView } from './cell-view'
import { type GridHandle, GridView } from './grid-view'
import { type Position, rangeRect } from './movement'
import {
  cellIndices,
  columnCount,
  freeDims,
  indexAt,
  positionOf,
  rectangle,
  rowCount,
  stepFixed,
  withFixed,
} from './slice-state'
import { TableToolbar } from './table-toolbar'
import { tableStore } from './table-store'
import { useTiles } from './use-tiles'
import classes from './grid.module.css'

/** The Data view of an array: slice bar, dimension mapper, table. */
export function DataView({ node, store }: { node: NodeDetail; store: StoreInfo }) {
  const { array } = node
  const dtype = useMemo(() => (array?.dtype ? dataType(array.dtype) : null), [array])
  if (!array) return <Empty title="A group holds no cells">Choose an array in the explorer.</Empty>
  if (!array.readable || !dtype)
    return <ErrorNote error={array.reason ?? 'The data of this array cannot be read.'} />
  return <ArrayTable key={`${store.id} ${node.path}`} node={node} array={array} store={store} dtype={dtype} />
}

interface TableProps {
  node: NodeDetail
  array: ArrayDetail
  store: StoreInfo
  dtype: DataType
}

function ArrayTable({ node, array, store, dtype }: TableProps) {
  const useTable = tableStore(store.id, node.path, array.shape)
  const { slice, range, format, widths, setSlice, setRange, setWidth } = useTable()
  const { cache, request, stamp } = useTiles({ store: store.id, path: node.path, dtype, slice })
  const grid = useRef<GridHandle>(null)
  const [goingTo, setGoingTo] = useState(false)

  // Records of a single dimension read best with a column for each field.
  const fields = slice.column === null && dtype.spec.kind === 'struct' ? dtype.spec.fields : null
  const fieldTypes = useMemo(() => fields?.map((field) => dataType(field.type)) ?? null, [fields])
  const rows = rowCount(slice)
  const columns = fields ? fields.length : columnCount(slice)

  const cell = useCallback(
    (row: number, column: number): CellView => {
      const known = stamp.cache.at(row, fieldTypes ? 0 : column)
      if (!known || known.kind === 'loading') return { text: '…', state: 'loading', description: 'loading' }
      if (known.kind === 'error')
        return { text: 'error', state: 'error', description: 'error', title: known.message }
      const { tile } = known
      const at = fieldTypes ? 0 : column
      const part = tile.part(row, at)
      if (part?.state === 'error')
        return { text: 'error', state: 'error', description: `error: ${part.error ?? ''}`, title: part.error }
      const state = part?.state ?? 'stored'
      const value = tile.value(row, at)
      const type = fieldTypes?.[column]
      const text =
        type && fields
          ? type.format(
              (value as Record<string, Parameters<DataType['format']>[0]>)[fields[column]?.name ?? ''] ??
                null,
            )
          : cellText(dtype, value, tile.raw(row, at), format)
      return {
        text,
        state,
        nan: value !== value,
        description:
          state === 'missing'
            ? 'missing chunk, shows the fill value'
            : state === 'edited'
              ? 'edited'
              : undefined,
        title: text.length > 24 ? text.slice(0, 2000) : undefined,
      }
    },
    [stamp, dtype, format, fields, fieldTypes],
  )

  const onVisible = useCallback(
    (rect: Parameters<typeof request>[0]) => request(fields ? { ...rect, column: 0, columns: 1 } : rect),
    [request, fields],
  )

  // Publish the focused cell and the selected region for the Inspector.
  useEffect(() => {
    const { head } = range
    if (rows === 0 || columns === 0) return publishSelection(null)
    const at = { row: head.row, column: fields ? 0 : head.column }
    const known = cache.at(at.row, at.column)
    const tile = known?.kind === 'ready' ? known.tile : undefined
    const rect = rangeRect(range)
    const { dims } = rectangle(
      slice,
      { start: rect.row, count: rect.rows },
      fields ? { start: 0, count: 1 } : { start: rect.column, count: rect.columns },
    )
    publishSelection({
      store: store.id,
      path: node.path,
      cell: cellIndices(slice, at.row, at.column),
      ranges: [dims],
      part: tile?.part(at.row, at.column) ?? null,
      value: tile ? dtype.format(tile.value(at.row, at.column)) : null,
      raw: tile ? hexBytes(tile.raw(at.row, at.column)) : null,
    })
  }, [cache, stamp, range, slice, rows, columns, fields, store.id, node.path, dtype])
  useEffect(() => () => publishSelection(null), [])

  const reveal = (position: Position) => {
    setRange({ anchor: position, head: position })
    grid.current?.reveal(position)
    grid.current?.focus()
  }
  const goTo = (indices: number[]) => {
    let next = slice
    const position = { row: 0, column: 0 }
    indices.forEach((index, dim) => {
      const along = slice.dims[dim]
      if (!along) return
      if (dim === slice.row) position.row = positionOf(along, index) ?? 0
      else if (dim === slice.column) position.column = positionOf(along, index) ?? 0
      else next = withFixed(next, dim, index)
    })
    if (next !== slice) setSlice(next)
    reveal(position)
  }
  const wish = useRegionRequest((state) => state.request)
  useEffect(() => {
    if (wish?.store !== store.id || wish.path !== node.path) return
    takeRegion()
    goTo(wish.start)
  })
  const step = useCallback(
    (delta: number) => {
      const first = freeDims(slice)[0]
      if (first !== undefined) setSlice(stepFixed(slice, first, delta))
    },
    [slice, setSlice],
  )
  const copy = useCallback(
    (as: 'tsv' | 'numpy' | 'json') =>
      copyCells({ store: store.id, path: node.path, dtype, slice, range, format, as }),
    [store.id, node.path, dtype, slice, range, format],
  )
  const selectAll = useCallback(
    () => setRange({ anchor: { row: rows - 1, column: columns - 1 }, head: { row: 0, column: 0 } }),
    [rows, columns, setRange],
  )
  useEffect(() => {
    const off = [
      onCommand('array.goToIndex', () => setGoingTo(true)),
      onCommand('array.stepForward', () => step(1)),
      onCommand('array.stepBack', () => step(-1)),
      onCommand('edit.copy', () => void copy('tsv')),
      onCommand('edit.selectAll', selectAll),
    ]
    return () => off.forEach((stop) => stop())
  }, [step, copy, selectAll])

  const width = typicalWidth(dtype)
  const columnWidth = useCallback(
    (column: number) =>
      widths.get(column) ?? (fieldTypes?.[column] ? typicalWidth(fieldTypes[column]) : width),
    [widths, width, fieldTypes],
  )
  const rowDim = slice.row === null ? null : slice.dims[slice.row]
  const columnDim = slice.column === null ? null : slice.dims[slice.column]
  const nameOf = (dim: number | null) => (dim === null ? '' : (array.dimensionNames?.[dim] ?? `dim ${dim}`))
  const lastRowIndex = rowDim ? Math.max(rowDim.start, indexAt(rowDim, Math.max(0, rowDim.count - 1))) : 0
  const corner = [
    slice.row === null ? '' : `${nameOf(slice.row)} ↓`,
    slice.column === null ? '' : `${nameOf(slice.column)} →`,
  ]
    .filter(Boolean)
    .join(' ')

  return (
    <div className={classes['root']}>
      <div className={classes['tools']}>
        <SliceBar array={array} slice={slice} store={useTable} />
        <TableToolbar store={useTable} dtype={dtype} onCopy={copy} onGoTo={() => setGoingTo(true)} />
      </div>
      <DimensionMapper array={array} slice={slice} onChange={setSlice} />
      {rows === 0 || columns === 0 ? (
        <Empty title="No cells to show">
          {array.shape.includes(0)
            ? 'A dimension of this array has length 0.'
            : 'This slice selects nothing.'}
        </Empty>
      ) : (
        <GridView
          key={`${String(slice.row)} ${String(slice.column)} ${rows} ${columns}`}
          rows={rows}
          columns={columns}
          cell={cell}
          version={cell}
          rowHeader={(row) => (rowDim ? String(indexAt(rowDim, row)) : '')}
          columnHeader={(column) =>
            fields ? (fields[column]?.name ?? '') : columnDim ? String(indexAt(columnDim, column)) : 'value'
          }
          corner={corner}
          rowHeadWidth={Math.max(
            64,
            String(lastRowIndex).length * 7.5 + 20,
            Math.min(220, corner.length * 7.2 + 18),
          )}
          columnWidth={columnWidth}
          onResize={setWidth}
          leftAligned={isLeftAligned(dtype)}
          range={range}
          onRange={setRange}
          onVisible={onVisible}
          onKey={() => undefined}
          handle={grid}
        />
      )}
      {goingTo && (
        <GoTo
          array={array}
          onGo={(indices) => {
            setGoingTo(false)
            goTo(indices)
          }}
          onClose={() => setGoingTo(false)}
        />
      )}
    </div>
  )
}
