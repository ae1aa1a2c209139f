import { isAborted } from '@shared/errors'
import type { Rect, Tile } from './tile'

export type TileState =
  { kind: 'loading' } | { kind: 'ready'; tile: Tile } | { kind: 'error'; message: string; retry: () => void }

interface Entry {
  state: TileState
  abort: AbortController | undefined
  /** Ticks of the last request that wanted it, for eviction. */
  used: number
}

interface Options {
  rows: number
  columns: number
  tileRows: number
  tileColumns: number
  maxBytes: number
  fetch: (rect: Rect, signal: AbortSignal) => Promise<Tile>
  onChange: () => void
}

/**
 * Tiles of one slice: asks for what is on screen and a little around it, lets go of requests that scrolled away, keeps
 * the most recently seen tiles within a byte budget. A frame never waits: cells of a tile under way show as loading.
 */
export class TileCache {
  readonly #options: Options
  readonly #entries = new Map<string, Entry>()
  #bytes = 0
  #tick = 0
  #closed = false

  constructor(options: Options) {
    this.#options = options
  }

  /** State of the tile that holds a cell; undefined when nobody asked for it yet. */
  at(row: number, column: number): TileState | undefined {
    const { tileRows, tileColumns } = this.#options
    return this.#entries.get(keyOf(Math.floor(row / tileRows), Math.floor(column / tileColumns)))?.state
  }

  /** Makes `wanted` (what is on screen) come, nearest first, and drops requests outside of it and its margin. */
  request(wanted: Rect): void {
    if (this.#closed) return
    this.#tick++
    const { tileRows, tileColumns, rows, columns } = this.#options
    const first = { row: Math.floor(wanted.row / tileRows), column: Math.floor(wanted.column / tileColumns) }
    const last = {
      row: Math.floor((Math.min(rows, wanted.row + Math.max(1, wanted.rows)) - 1) / tileRows),
      column: Math.floor((Math.min(columns, wanted.column + Math.max(1, wanted.columns)) - 1) / tileColumns),
    }
    const near = (n: number, low: number, high: number) => n >= low - 1 && n <= high + 1
    for (const [key, entry] of this.#entries) {
      if (!entry.abort) continue
      const [row = 0, column = 0] = key.split(':').map(Number)
      if (near(row, first.row, last.row) && near(column, first.column, last.column)) continue
      entry.abort.abort()
      this.#entries.delete(key)
    }
    for (let row = first.row; row <= last.row; row++)
      for (let column = first.column; column <= last.column; column++) this.#want(row, column)
    this.#evict()
  }

  #want(tileRow: number, tileColumn: number): void {
    const key = keyOf(tileRow, tileColumn)
    const known = this.#entries.get(key)
    if (known) {
      known.used = this.#tick
      return
    }
    const { tileRows, tileColumns, rows, columns, fetch, onChange } = this.#options
    const row = tileRow * tileRows
    const column = tileColumn * tileColumns
    const rect = {
      row,
      column,
      rows: Math.min(tileRows, rows - row),
      columns: Math.min(tileColumns, columns - column),
    }
    if (rect.rows <= 0 || rect.columns <= 0) return
    const abort = new AbortController()
    const entry: Entry = { state: { kind: 'loading' }, abort, used: this.#tick }
    this.#entries.set(key, entry)
    fetch(rect, abort.signal).then(
      (tile) => {
        if (abort.signal.aborted) return
        entry.abort = undefined
        entry.state = { kind: 'ready', tile }
        this.#bytes += tile.bytes
        onChange()
      },
      (error: unknown) => {
        if (abort.signal.aborted || isAborted(error)) return
        entry.abort = undefined
        const retry = () => {
          this.#entries.delete(key)
          this.#want(tileRow, tileColumn)
          onChange()
        }
        entry.state = {
          kind: 'error',
          message: error instanceof Error ? error.message : String(error),
          retry,
        }
        onChange()
      },
    )
  }

  #evict(): void {
    if (this.#bytes <= this.#options.maxBytes) return
    const idle = [...this.#entries]
      .filter(([, entry]) => entry.state.kind === 'ready' && entry.used < this.#tick)
      .sort(([, a], [, b]) => a.used - b.used)
    for (const [key, entry] of idle) {
      if (this.#bytes <= this.#options.maxBytes) return
      if (entry.state.kind === 'ready') this.#bytes -= entry.state.tile.bytes
      this.#entries.delete(key)
    }
  }

  /** Takes requests again after `close`. */
  open(): void {
    this.#closed = false
  }

  /** Aborts what is under way and forgets every tile; requests do nothing until `open`. */
  close(): void {
    this.#closed = true
    for (const entry of this.#entries.values()) entry.abort?.abort()
    this.#entries.clear()
    this.#bytes = 0
  }
}

const keyOf = (row: number, column: number): string => `${row}:${column}`
