import { create, type StoreApi, type UseBoundStore } from 'zustand'
import { perNode } from '../state/per-node'
import type { NumberFormat } from './cell-text'
import { type Range, rangeAt } from './ranges'
import { type SliceState, sliceState, wholeSlice } from './slice-state'

/** Everything a tab remembers of its table: slice, position, selection, widths, number format. */
export interface TableState {
  slice: SliceState
  /** The active selected range, whose active cell has the focus. */
  range: Range
  /** Ranges selected besides, by Ctrl and a click. */
  others: readonly Range[]
  format: NumberFormat
  /** Numbers show what they stand for by the CF attributes; stored as they are otherwise. */
  decode: boolean
  /** Cells are coloured by value. */
  colors: boolean
  /** Column widths set by hand, by column of the slice. */
  widths: ReadonlyMap<number, number>
  /** Widths found by content, where none was set by hand. */
  grown: ReadonlyMap<number, number>
  /** Slices typed before, the latest last. */
  history: string[]
  setSlice: (slice: SliceState, typed?: string) => void
  /** `add` keeps what is selected and begins another range, `change` moves the active one alone. */
  setRange: (range: Range, how?: 'replace' | 'add' | 'change') => void
  setFormat: (format: NumberFormat) => void
  setDecode: (decode: boolean) => void
  setColors: (colors: boolean) => void
  setWidth: (column: number, width: number) => void
  growTo: (widths: ReadonlyMap<number, number>) => void
}

export type TableStore = UseBoundStore<StoreApi<TableState>>

const START = rangeAt({ row: 0, column: 0 })
const NO_WIDTHS: ReadonlyMap<number, number> = new Map()
const HISTORY = 50
const MOST_RANGES = 100

function createTableStore(shape: number[]): TableStore {
  return create<TableState>((set) => ({
    slice: sliceState(shape, wholeSlice(shape)),
    range: START,
    others: [],
    format: { kind: 'auto' },
    decode: false,
    colors: false,
    widths: new Map(),
    grown: new Map(),
    history: [],
    setSlice: (slice, typed) =>
      set((state) => {
        const axesMoved = slice.row !== state.slice.row || slice.column !== state.slice.column
        const resized = slice.dims.some((dim, i) => {
          const before = state.slice.dims[i]
          return (
            (i === slice.row || i === slice.column) &&
            (dim.count !== before?.count || dim.step !== before.step)
          )
        })
        return {
          slice,
          history:
            typed === undefined
              ? state.history
              : [...state.history.filter((t) => t !== typed), typed].slice(-HISTORY),
          ...(axesMoved || resized ? { range: START, others: [], widths: NO_WIDTHS, grown: NO_WIDTHS } : {}),
        }
      }),
    setRange: (range, how = 'replace') =>
      set((state) => {
        if (how === 'change') return { range }
        return { range, others: how === 'add' ? [...state.others, state.range].slice(-MOST_RANGES) : [] }
      }),
    setFormat: (format) => set({ format }),
    setDecode: (decode) => set({ decode }),
    setColors: (colors) => set({ colors }),
    growTo: (grown) => set((state) => ({ grown: new Map([...state.grown, ...grown]) })),
    setWidth: (column, width) => set((state) => ({ widths: new Map(state.widths).set(column, width) })),
  }))
}

const tables = perNode<{ table: TableStore | null }>(() => ({ table: null }))

/** The table state of a node's tab; made anew when the array's shape changed. */
export function tableStore(store: string, path: string, shape: number[]): TableStore {
  const kept = tables(store, path)
  const known = kept.getState().table
  if (known && sameShape(known.getState().slice.shape, shape)) return known
  const table = createTableStore(shape)
  kept.setState({ table })
  return table
}

const sameShape = (a: number[], b: number[]): boolean =>
  a.length === b.length && a.every((n, i) => n === b[i])
