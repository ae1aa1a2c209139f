import { useMemo, useState } from 'react'
import type { Position } from './movement'
import type { TileCache } from './tile-cache'

/**
 * Values that were typed and are not staged yet: they show at once. Each is dropped when the cells that came after it
 * have arrived, or when it was refused.
 */
export interface PendingCells {
  get: (row: number, column: number) => Uint8Array | undefined
  /** Changes whenever pending cells of a row do. */
  stampOf: (row: number) => string
  show: (at: Position, bytes: Uint8Array, work: Promise<unknown>) => void
}

export function usePendingCells(cache: TileCache): PendingCells {
  const [, redraw] = useState(0)
  // The cells of another slice are others.
  return useMemo(() => {
    const cells = new Map<string, { row: number; bytes: Uint8Array; serial: number }>()
    let serial = 0
    const drop = (key: string, own: number): void => {
      if (cells.get(key)?.serial !== own) return
      cells.delete(key)
      redraw((n) => n + 1)
    }
    return {
      get: (row, column) => cells.get(`${row}:${column}`)?.bytes,
      stampOf: (row) => {
        let stamp = ''
        for (const cell of cells.values()) if (cell.row === row) stamp += `${cell.serial} `
        return stamp
      },
      show: ({ row, column }, bytes, work) => {
        const key = `${row}:${column}`
        const own = ++serial
        cells.set(key, { row, bytes, serial: own })
        redraw((n) => n + 1)
        work.then(
          async () => {
            cache.refresh()
            await cache.settled()
            drop(key, own)
          },
          () => drop(key, own),
        )
      },
    }
  }, [cache])
}
