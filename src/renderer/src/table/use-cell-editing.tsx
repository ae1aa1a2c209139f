import { notifications } from '@mantine/notifications'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { applyEdit, frozenReason } from '../state/edits'
import { messageOf } from '../state/problems'
import { CellEditor, type Leaving } from './cell-editor'
import { regionsOf, sameValue, typedCell } from './cell-edits'
import { inputText, isMultiline, parseInput, storedAs } from './cell-input'
import type { Position } from './movement'
import type { PendingCells } from './pending-cells'
import { RecordEditor } from './record-editor'
import type { RangeRect } from './ranges'
import { cellAt, type TableModel, typeOf } from './table-model'
import type { TileCache } from './tile-cache'

interface Options {
  store: string
  path: string
  model: TableModel
  cache: TileCache
  pending: PendingCells
  active: Position
  /** Array indices of the active cell, for people. */
  place: string
  rects: readonly RangeRect[]
  alignRight: boolean
  /** The table shows decoded numbers; the editor shows the stored ones. */
  isDecoded: boolean
  onLeave: (leaving: Leaving) => void
  onFocus: () => void
}

interface Editing {
  initial: string
  /** What the cell held when its editor opened: left as it was, nothing is staged. */
  bytes: Uint8Array
}

/** Tells why nothing can be edited in a store; false where it can. */
export function refuseFrozen(store: string): boolean {
  const reason = frozenReason(store)
  if (reason === null) return false
  const title = 'Nothing can be edited here'
  notifications.show({ id: 'frozen', color: 'orange', title, message: reason, autoClose: 8000 })
  return true
}

/** Editing of the focused cell: starting, refusing what the data type cannot hold, staging the edit. */
export function useCellEditing(options: Options) {
  const { store, path, model, cache, pending, active, place, onFocus, onLeave } = options
  const [editing, setEditing] = useState<Editing | null>(null)
  const [record, setRecord] = useState<Position | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [hint, setHint] = useState<string | null>(null)
  // Asked for before the cell had been read, with what was typed until now: the editor opens when it is there.
  const [awaited, setAwaited] = useState<{ typed: string | null } | null>(null)
  const waiting = useRef<Unseen | null>(null)
  const text = useRef('')
  const field = useRef<{ focus: () => void }>(null)
  // The same press may reach the editor twice, by the table and by the lost focus.
  const isOpen = useRef(false)
  const dtype = typeOf(model, active.column)
  const decoded = options.isDecoded ? 'This is the stored value; the table shows decoded ones.' : null

  const stop = useCallback(() => {
    isOpen.current = false
    waiting.current = null
    setAwaited(null)
    setEditing(null)
    setError(null)
    setHint(null)
  }, [])
  // Another cell or another slice: what was typed belongs to the cell it was typed in.
  useEffect(
    () => () => {
      if (waiting.current) enterUnseen(store, path, waiting.current)
      stop()
    },
    [place, model, stop, store, path],
  )

  /** Starts with the present value, or with text that was typed over it. */
  const begin = (typed: string | null): void => {
    if (refuseFrozen(store)) return
    const known = cellAt(model, cache, active.row, active.column)
    const before = awaited?.typed ?? null
    const all = typed === null ? before : (before ?? '') + typed
    waiting.current = known.kind === 'loading' && all !== null ? { typed: all, model, pending, active } : null
    if (known.kind === 'loading') return setAwaited({ typed: all })
    setAwaited(null)
    if (known.kind === 'error' || known.part?.state === 'error') {
      const message = 'The chunk of this cell cannot be read; delete or rewrite the chunk first.'
      return void notifications.show({ id: 'unreadable', color: 'red', message, autoClose: 8000 })
    }
    if (dtype.spec.kind === 'struct') return setRecord(active)
    const bytes = pending.get(active.row, active.column)
    const present = bytes ? dtype.read(bytes, 0, bytes.length) : known.value
    text.current = all ?? inputText(dtype, present)
    setHint(decoded)
    isOpen.current = true
    setEditing({ initial: text.current, bytes: bytes ?? known.bytes.slice() })
  }

  useEffect(() => {
    if (!awaited || cellAt(model, cache, active.row, active.column).kind === 'loading') return
    const frame = requestAnimationFrame(() => {
      // Whoever went on to other work is not called back.
      if (document.activeElement?.getAttribute('role') === 'grid') begin(null)
      else stop()
    })
    return () => cancelAnimationFrame(frame)
  })

  const stage = async (bytes: Uint8Array, toAll: boolean): Promise<void> => {
    if (toAll && !model.fields) {
      const [dims, ...also] = regionsOf(model, options.rects)
      if (dims) await applyEdit(store, { ...sameValue(path, dims, bytes, model.dtype), also })
      return
    }
    const known = model.fields ? cache.at(active.row, 0) : undefined
    const present = known?.kind === 'ready' ? known.tile.raw(active.row, 0) : undefined
    await applyEdit(store, typedCell(model, path, active, bytes, present))
  }

  /** Stages a value for the active cell, or for every selected one; shows it at once and says what stood in the way. */
  const give = (bytes: Uint8Array, toAll = false): void => {
    if (refuseFrozen(store)) return
    const work = stage(bytes, toAll)
    if (!toAll) pending.show(active, bytes, work)
    work.catch((thrown: unknown) => {
      const message = messageOf(thrown)
      notifications.show({ color: 'red', title: `[${place}] was not changed`, message, autoClose: 10_000 })
    })
  }

  /** Takes what was typed; where the data type cannot hold it, says why and answers false. */
  const commit = (typed: string, leaving: Leaving): boolean => {
    if (!isOpen.current) return true
    let bytes: Uint8Array
    try {
      bytes = parseInput(dtype, typed)
    } catch (thrown) {
      setError(messageOf(thrown))
      return false
    }
    const isSame = editing !== null && sameBytes(editing.bytes, bytes)
    if (!isSame || leaving === 'all') give(bytes, leaving === 'all')
    stop()
    onLeave(leaving)
    return true
  }

  const onText = (typed: string): void => {
    text.current = typed
    try {
      const stored = storedAs(dtype, typed, parseInput(dtype, typed))
      setError(null)
      setHint(stored === undefined ? decoded : `Stored as ${stored}, the nearest ${dtype.name}.`)
    } catch (thrown) {
      // The reason shows once somebody tried to leave; from then on it follows what is typed.
      setHint(null)
      if (error !== null) setError(messageOf(thrown))
    }
  }

  const editor: ReactNode = editing ? (
    <CellEditor
      label={`Value of [${place}]`}
      initial={editing.initial}
      multiline={isMultiline(dtype)}
      alignRight={options.alignRight}
      error={error}
      hint={hint}
      handle={field}
      onText={onText}
      onCommit={commit}
      onCancel={() => {
        stop()
        onFocus()
      }}
      onBlur={() => commit(text.current, 'stay')}
    />
  ) : null

  const recordCell = record ? cellAt(model, cache, record.row, record.column) : null
  const dialog: ReactNode =
    record && recordCell?.kind === 'ready' ? (
      <RecordEditor
        title={`Record [${place}]`}
        dtype={dtype}
        value={recordCell.value as Record<string, never>}
        onCommit={(bytes) => give(bytes)}
        onClose={() => {
          setRecord(null)
          onFocus()
        }}
      />
    ) : null
  /** Asked before the pointer moves the selection: a text that cannot be stored keeps its editor. */
  const mayLeave = (): boolean => {
    const isFree = editing === null || commit(text.current, 'stay')
    if (!isFree) field.current?.focus()
    return isFree
  }
  /** Enters what was typed for a cell that has not been read yet; the key may lead nowhere, as in the last row. */
  const enterAwaited = (): void => {
    if (!waiting.current) return
    enterUnseen(store, path, waiting.current)
    stop()
  }
  return { editor, dialog, begin, give, mayLeave, enterAwaited, giveUp: stop }
}

/** What was typed for a cell that has not been read yet. */
interface Unseen extends Pick<Options, 'model' | 'pending' | 'active'> {
  typed: string
}

/** Whoever goes on before the cell has come means what was typed; a field of a record needs the rest of it. */
function enterUnseen(store: string, path: string, { typed, model, pending, active }: Unseen): void {
  const refuse = (why: string): void =>
    void notifications.show({
      color: 'red',
      title: `"${typed}" was not entered`,
      message: why,
      autoClose: 10_000,
    })
  const dtype = typeOf(model, active.column)
  if (model.fields || dtype.spec.kind === 'struct') return refuse('The record had not been read yet.')
  try {
    const bytes = parseInput(dtype, typed)
    const work = applyEdit(store, typedCell(model, path, active, bytes, undefined))
    pending.show(active, bytes, work)
    work.catch((error: unknown) => refuse(messageOf(error)))
  } catch (error) {
    refuse(messageOf(error))
  }
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, i) => byte === b[i])
