import { create, type StoreApi, type UseBoundStore } from 'zustand'
import type { NumberFormat } from './cell-text'
import type { Range } from './movement'
import { type SliceState, sliceState, wholeSlice } from './slice-state'

/** Everything a tab remembers of its table: slice, position, selection, widths, number format. */
export interface TableState {
  slice: SliceState
  range: Range
  format: NumberFormat
  /** Column widths set by hand, by column of the slice. */
  widths: ReadonlyMap<number, number>
  /** Slices typed before, the latest last. */
  history: string[]
  setSlice: (slice: SliceState, typed?: string) => void
  setRange: (range: Range) => void
  setFormat: (format: NumberFormat) => void
  setWidth: (column: number, width: number) => void
}

export type TableStore = UseBoundStore<StoreApi<TableState>>

const START: Range = { anchor: { row: 0, column: 0 }, head: { row: 0, column: 0 } }
const HISTORY = 50

function createTableStore(shape: number[]): TableStore {
  return create<TableState>((set) => ({
    slice: sliceState(shape, wholeSlice(shape)),
    range: START,
    format: { kind: 'auto' },
    widths: new Map(),
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
          ...(axesMoved || resized ? { range: START, widths: new Map<number, number>() } : {}),
        }
      }),
    setRange: (range) => set({ range }),
    setFormat: (format) => set({ format }),
    setWidth: (column, width) => set((state) => ({ widths: new Map(state.widths).set(column, width) })),
  }))
}

const stores = new Map<string, TableStore>()

/** The table state of a node's tab; made anew when the array's shape changed. */
export function tableStore(store: string, path: string, shape: number[]): TableStore {
  const key = `${store}\n${path}`
  const known = stores.get(key)
  if (known && sameShape(known.getState().slice.shape, shape)) return known
  const made = createTableStore(shape)
  stores.set(key, made)
  return made
}

/** Forgets a closed tab's table. */
export const forgetTable = (store: string, path: string): boolean => stores.delete(`${store}\n${path}`)

const sameShape = (a: number[], b: number[]): boolean =>
  a.length === b.length && a.every((n, i) => n === b[i])
