import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { DataType } from '@shared/dtype/data-type'
import type { ArrayDetail, NodeDetail } from '@shared/model/node'
import type { StoreInfo } from '@shared/model/host'
import { DimensionMapper } from '../slicer/dimension-mapper'
import { SliceBar } from '../slicer/slice-bar'
import { useEdits } from '../state/edits'
import { Empty } from '../ui/states'
import { hasData } from './cell-look'
import { isLeftAligned } from './cell-text'
import { copyCells } from './copy-cells'
import type { CopyForm } from './copy-form'
import { type GridHandle, GridView } from './grid-view'
import { dataEdge, type Position } from './movement'
import { usePendingCells } from './pending-cells'
import { activeOf, rangeAt, rangeRect } from './ranges'
import { SelectionMenu, copySelectionScript } from './selection-menu'
import { freeDims, stepFixed } from './slice-state'
import { TableDialogs } from './table-dialogs'
import { TableErrors } from './table-errors'
import { TableFind } from './table-find'
import { cellAt, indicesAt, tableModel, typeOf } from './table-model'
import { tableStore } from './table-store'
import { TableToolbar } from './table-toolbar'
import type { Rect } from './tile'
import { useCellEditing } from './use-cell-editing'
import { useGoTo } from './use-go-to'
import { useHeads } from './use-heads'
import { useLook } from './use-look'
import { usePaste } from './use-paste'
import { clearEdits, stageAll } from './use-region-edits'
import { useSelectionReport } from './use-selection-report'
import { useTableCommands } from './use-table-commands'
import { useTiles } from './use-tiles'
import { useTypingKeys } from './use-typing-keys'
import { useWidths } from './use-widths'
import classes from './grid.module.css'

interface TableProps {
  node: NodeDetail
  array: ArrayDetail
  store: StoreInfo
  dtype: DataType
}

/** State of the Data view: what is shown of the array, what is selected, and everything that is done with it. */
export function ArrayTable({ node, array, store, dtype }: TableProps) {
  const useTable = tableStore(store.id, node.path, array.shape)
  const table = useTable()
  const { slice, range, others, setSlice, setRange } = table
  const source = { store: store.id, path: node.path }
  const model = useMemo(() => tableModel(slice, dtype), [slice, dtype])
  const { cache, request, stamp } = useTiles({ ...source, dtype, slice })
  const pending = usePendingCells(cache)
  const look = useLook(node, model, stamp, pending, table)
  const heads = useHeads(store.id, node, model)
  const onScreen = useRef<Rect | null>(null)
  const visible = useCallback(() => onScreen.current, [])
  const widths = useWidths({ table, model, cell: look.cell, heads, stamp, visible })
  const frozen = useEdits((state) => state.byStore[store.id]?.frozen ?? null)
  const grid = useRef<GridHandle>(null)
  const [menu, setMenu] = useState<{ x: number; y: number } | null>(null)
  const [dialog, setDialog] = useState<'goTo' | 'fill' | null>(null)
  const [isFinding, setFinding] = useState(false)
  useSelectionReport({ ...source, model, stamp, range, others })

  const active = useMemo(() => activeOf(range), [range])
  const rects = useMemo(() => [...others, range].map(rangeRect), [others, range])
  const indices = useMemo(() => indicesAt(model, active), [model, active])
  const alignsLeft = useCallback((column: number) => isLeftAligned(typeOf(model, column)), [model])
  const focus = () => grid.current?.focus()
  const select = (position: Position) => {
    setRange(rangeAt(position))
    grid.current?.reveal(position)
  }
  const goTo = useGoTo({ ...source, slice, setSlice, select })
  const clear = () => void stageAll(store.id, clearEdits(model, node.path, rects), 'Clear')
  const copy = (form: CopyForm) =>
    void copyCells({ ...source, model, heads: heads.texts, display: look.display }, rects, form)

  const fieldName = model.fields?.[active.column]?.name
  const keys = useTypingKeys({
    model,
    range,
    setRange,
    select,
    focus,
    begin: (typed) => editing.begin(typed),
    giveUp: () => editing.giveUp(),
    toggle: () => {
      const known = cellAt(model, cache, active.row, active.column)
      const now =
        pending.get(active.row, active.column)?.[0] ?? (known.kind === 'ready' ? known.bytes[0] : undefined)
      if (now !== undefined) editing.give(Uint8Array.of(now === 0 ? 1 : 0))
    },
    clear,
    menu: () => setMenu(grid.current?.activeCorner() ?? null),
  })
  const editing = useCellEditing({
    ...source,
    model,
    cache,
    pending,
    active,
    rects,
    place: [...indices, ...(fieldName === undefined ? [] : [fieldName])].join(', '),
    alignRight: !alignsLeft(active.column),
    isDecoded: look.display.decoding !== null,
    onLeave: keys.leave,
    onFocus: focus,
  })
  const pasting = usePaste({
    ...source,
    model,
    rects,
    onPasted: ({ row, column, rows, columns }) =>
      setRange({ anchor: { row, column }, head: { row: row + rows - 1, column: column + columns - 1 } }),
  })
  useTableCommands({
    store: store.id,
    copy: () => copy('tsv'),
    paste: pasting.paste,
    selectAll: () =>
      setRange({
        anchor: { row: 0, column: 0 },
        head: { row: model.rows - 1, column: model.columns - 1 },
        active: { row: onScreen.current?.row ?? 0, column: onScreen.current?.column ?? 0 },
      }),
    clear,
    fill: () => setDialog('fill'),
    find: () => setFinding(true),
    goTo: () => setDialog('goTo'),
    step: (by) => {
      const first = freeDims(slice)[0]
      if (first !== undefined) setSlice(stepFixed(slice, first, by))
    },
    copyCommand: () => copySelectionScript('command', store.path, node.path, model, rects),
    copyPython: () => copySelectionScript('python', store.path, node.path, model, rects),
  })
  const edge = (from: Position, by: Position) =>
    dataEdge(from, by, model, (row, column) => {
      const known = cellAt(model, cache, row, column)
      return known.kind === 'loading' ? undefined : hasData(known, typeOf(model, column), look.display)
    })
  const onVisible = useCallback(
    (rect: Rect) => {
      onScreen.current = rect
      request(model.fields ? { ...rect, column: 0, columns: 1 } : rect)
    },
    [request, model.fields],
  )
  const stampOf = (row: number, first: number, last: number): string =>
    (model.fields ? cache.stampOf(row, 0, 0) : cache.stampOf(row, first, last)) + pending.stampOf(row)
  const isOutside = range.head.row >= model.rows || range.head.column >= model.columns
  const isEmpty = model.rows === 0 || model.columns === 0
  useEffect(() => {
    // A slice that became shorter leaves no selection behind.
    if (isOutside && !isEmpty) setRange(rangeAt({ row: 0, column: 0 }))
  }, [isOutside, isEmpty, setRange])

  return (
    <div className={classes['root']}>
      <div className={classes['tools']}>
        <SliceBar array={array} slice={slice} store={useTable} />
        <TableToolbar
          store={useTable}
          dtype={dtype}
          decoding={look.decoding}
          colorRange={look.colorRange}
          frozen={frozen}
          onCopy={copy}
        />
      </div>
      <DimensionMapper array={array} slice={slice} onChange={setSlice} />
      {isFinding && (
        <TableFind
          {...source}
          array={array}
          model={model}
          rects={rects}
          from={indices}
          onFound={goTo}
          onClose={() => {
            setFinding(false)
            focus()
          }}
        />
      )}
      <TableErrors cache={cache} stamp={stamp} />
      {isEmpty ? (
        <Empty title="No cells to show">
          {array.shape.includes(0)
            ? 'A dimension of this array has length 0.'
            : 'This slice selects nothing.'}
        </Empty>
      ) : (
        <GridView
          key={`${String(slice.row)} ${String(slice.column)} ${model.rows} ${model.columns}`}
          rows={model.rows}
          columns={model.columns}
          cell={look.cell}
          stampOf={stampOf}
          rowHeader={heads.row}
          columnHeader={heads.column}
          corner={heads.corner}
          rowHeadWidth={heads.rowWidth}
          headerHeight={heads.height}
          columnWidth={widths.of}
          onResize={table.setWidth}
          onFit={widths.fit}
          leftAligned={alignsLeft}
          range={isOutside ? rangeAt({ row: 0, column: 0 }) : range}
          others={others}
          onRange={setRange}
          onEdge={edge}
          onVisible={onVisible}
          onKey={keys.onKey}
          onEnter={editing.enterAwaited}
          onDoubleClick={() => editing.begin(null)}
          onMenu={(x, y) => setMenu({ x, y })}
          onPaste={pasting.paste}
          onCopy={() => copy('tsv')}
          editor={editing.editor}
          onLeave={editing.mayLeave}
          handle={grid}
        />
      )}
      <SelectionMenu
        {...source}
        at={menu}
        storePath={store.path}
        model={model}
        rects={rects}
        chunk={() => {
          const known = cellAt(model, cache, active.row, active.column)
          return known.kind === 'ready' ? (known.part?.coords ?? null) : null
        }}
        frozen={frozen}
        onClose={() => setMenu(null)}
        onEdit={() => editing.begin(null)}
        onCopy={copy}
      />
      {editing.dialog}
      {pasting.dialog}
      {dialog && (
        <TableDialogs
          {...source}
          kind={dialog}
          array={array}
          model={model}
          rects={rects}
          onGo={goTo}
          onClose={() => {
            setDialog(null)
            focus()
          }}
        />
      )}
    </div>
  )
}
