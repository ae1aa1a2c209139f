import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { DataType } from '@shared/dtype/data-type'
import { call, useConnection } from '../rpc/connection'
import { onStoreChange, touches } from '../state/edits'
import { columnCount, rectangle, rowCount, type SliceState, sliceText } from './slice-state'
import { type Rect, Tile } from './tile'
import { TileCache } from './tile-cache'

const MAX_BYTES = 64 * 2 ** 20
const TILE_ROWS = 64
const TILE_CELLS = 2048

interface Source {
  store: string
  path: string
  dtype: DataType
  slice: SliceState
}

/** The tiles of what the table shows, read from the engine as they come on screen. */
export function useTiles({ store, path, dtype, slice }: Source) {
  const [version, setVersion] = useState(0)
  const generation = useConnection((state) => state.generation)
  const what = `${store}\n${path}\n${String(slice.row)} ${String(slice.column)}\n${sliceText(slice)}\n${generation}`
  const latest = useRef(slice)
  useEffect(() => {
    latest.current = slice
  }, [slice])

  const cache = useMemo(() => {
    const rows = rowCount(slice)
    const columns = columnCount(slice)
    const tileColumns = Math.min(Math.max(1, columns), TILE_CELLS / TILE_ROWS)
    return new TileCache({
      rows,
      columns,
      tileRows: Math.min(Math.max(1, rows), Math.floor(TILE_CELLS / tileColumns)),
      tileColumns,
      maxBytes: MAX_BYTES,
      onChange: () => setVersion((n) => n + 1),
      fetch: async (rect, signal) => {
        const part = rectangle(
          slice,
          { start: rect.row, count: rect.rows },
          { start: rect.column, count: rect.columns },
        )
        const block = await call('array.read', { store, path, dims: part.dims }, { signal })
        return new Tile(rect, block, dtype, part.rowStride, part.columnStride)
      },
    })
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `what` names all of it; `slice` changes identity more often
  }, [what, dtype])

  const wanted = useRef<Rect | null>(null)
  useEffect(() => {
    cache.open()
    if (wanted.current) cache.request(wanted.current)
    return () => cache.close()
  }, [cache])

  useEffect(
    () =>
      onStoreChange((changed, change) => {
        if (changed === store && touches(change, path)) cache.refresh()
      }),
    [cache, store, path],
  )

  const request = useCallback(
    (rect: Rect) => {
      wanted.current = rect
      cache.request(rect)
    },
    [cache],
  )
  const stamp = useMemo(() => ({ cache, version }), [cache, version])
  return { cache, request, stamp }
}
