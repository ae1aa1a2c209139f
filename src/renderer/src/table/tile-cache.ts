import { isAborted } from '@shared/errors'
import type { Rect, Tile } from './tile'

export type TileState =
  { kind: 'loading' } | { kind: 'ready'; tile: Tile } | { kind: 'error'; message: string; retry: () => void }

interface Entry {
  state: TileState
  abort: AbortController | undefined
  /** Ticks of the last request that wanted it, for eviction. */
  used: number
  /** Changes with the state. */
  serial: number
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
  #serial = 0
  #closed = false
  readonly #running = new Set<Promise<void>>()

  constructor(options: Options) {
    this.#options = options
  }

  /** State of the tile that holds a cell; undefined when nobody asked for it yet. */
  at(row: number, column: number): TileState | undefined {
    const { tileRows, tileColumns } = this.#options
    return this.#entries.get(keyOf(Math.floor(row / tileRows), Math.floor(column / tileColumns)))?.state
  }

  /** Changes whenever cells of a row between two columns may look different. */
  stampOf(row: number, first: number, last: number): string {
    const { tileRows, tileColumns } = this.#options
    const tileRow = Math.floor(row / tileRows)
    let stamp = ''
    for (let column = Math.floor(first / tileColumns); column <= Math.floor(last / tileColumns); column++)
      stamp += `${this.#entries.get(keyOf(tileRow, column))?.serial ?? 0} `
    return stamp
  }

  /** What could not be read of what is on screen. */
  failures(): Extract<TileState, { kind: 'error' }>[] {
    const shown = [...this.#entries.values()].filter(({ used }) => used === this.#tick)
    return shown.flatMap(({ state }) => (state.kind === 'error' ? [state] : []))
  }

  /** Every tile that is here, in no order. */
  *tiles(): Generator<Tile> {
    for (const { state } of this.#entries.values()) if (state.kind === 'ready') yield state.tile
  }

  /**
   * Reads again what is on screen, and forgets the rest: something in the store changed. Until then the old cells show,
   * and tiles that come back as they were stay the same.
   */
  refresh(): void {
    for (const [key, entry] of this.#entries) {
      entry.abort?.abort()
      if (entry.used < this.#tick) {
        this.#forget(key, entry)
        continue
      }
      const [row = 0, column = 0] = key.split(':').map(Number)
      this.#fetch(row, column, entry)
    }
  }

  /** Resolves once nothing is being read any more. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
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
      this.#forget(key, entry)
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
    const entry: Entry = {
      state: { kind: 'loading' },
      abort: undefined,
      used: this.#tick,
      serial: ++this.#serial,
    }
    if (this.#fetch(tileRow, tileColumn, entry)) this.#entries.set(key, entry)
  }

  /** Starts reading a tile; until it is there, its entry shows what it shows now. False outside of the table. */
  #fetch(tileRow: number, tileColumn: number, entry: Entry): boolean {
    const { tileRows, tileColumns, rows, columns, fetch } = this.#options
    const row = tileRow * tileRows
    const column = tileColumn * tileColumns
    const rect = {
      row,
      column,
      rows: Math.min(tileRows, rows - row),
      columns: Math.min(tileColumns, columns - column),
    }
    if (rect.rows <= 0 || rect.columns <= 0) return false
    const abort = new AbortController()
    entry.abort = abort
    const work = fetch(rect, abort.signal).then(
      (tile) => {
        if (abort.signal.aborted) return
        entry.abort = undefined
        const before = entry.state.kind === 'ready' ? entry.state.tile : undefined
        if (before?.sameAs(tile)) return
        this.#bytes += tile.bytes - (before?.bytes ?? 0)
        this.#show(entry, { kind: 'ready', tile })
      },
      (error: unknown) => {
        if (abort.signal.aborted || isAborted(error)) return
        entry.abort = undefined
        if (entry.state.kind === 'ready') this.#bytes -= entry.state.tile.bytes
        const message = error instanceof Error ? error.message : String(error)
        const retry = () => {
          this.#show(entry, { kind: 'loading' })
          this.#fetch(tileRow, tileColumn, entry)
        }
        this.#show(entry, { kind: 'error', message, retry })
      },
    )
    this.#running.add(work)
    void work.finally(() => this.#running.delete(work))
    return true
  }

  #show(entry: Entry, state: TileState): void {
    entry.state = state
    entry.serial = ++this.#serial
    this.#options.onChange()
  }

  #evict(): void {
    if (this.#bytes <= this.#options.maxBytes) return
    const idle = [...this.#entries]
      .filter(([, entry]) => entry.state.kind === 'ready' && entry.used < this.#tick)
      .sort(([, a], [, b]) => a.used - b.used)
    for (const [key, entry] of idle) {
      if (this.#bytes <= this.#options.maxBytes) return
      this.#forget(key, entry)
    }
  }

  #forget(key: string, entry: Entry): void {
    if (entry.state.kind === 'ready') this.#bytes -= entry.state.tile.bytes
    this.#entries.delete(key)
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
