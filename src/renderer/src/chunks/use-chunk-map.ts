import { useDebouncedValue } from '@mantine/hooks'
import type { ChunkMap } from '@shared/model/chunk-map'
import type { ArrayDetail } from '@shared/model/node'
import type { Input } from '@shared/rpc/contract'
import { useMemo, useState } from 'react'
import { type RequestHandle, useRequest } from '../rpc/use-request'
import { fixedFor, type MapAxes } from './axes'
import { clampViewport, finerWindow, type MapShape, type Size, type Viewport, wrapShape } from './map-layout'
import { gridSize, type MapSource } from './map-model'
import type { ColorMode } from './map-values'

/** Cells asked for along each side. */
const SIDE = 1024

/** A map as it is drawn: with the axes and the layout that it was made for. */
export interface DrawnMap {
  source: MapSource
  shape: MapShape
  axes: MapAxes
}

/**
 * The chunk map of an array for a canvas: the whole, and where that is too coarse for the viewport a finer part. While
 * the next map is on its way the last one stays.
 */
export function useChunkMap(
  node: { store: string; path: string },
  array: ArrayDetail,
  view: { axes: MapAxes; mode: ColorMode; viewport: Viewport | null; size: Size | null },
): { drawn: DrawnMap | null; request: RequestHandle<'array.chunkMap'> } {
  const { mode, viewport, size } = view
  // Sliders move faster than answers come.
  const [axes] = useDebouncedValue(view.axes, 60)
  const line = size && axes.row === null && axes.column !== null ? lineLength(array, axes, size) : null
  const isSized = size !== null
  const { store, path } = node
  const input = useMemo<Input<'array.chunkMap'> | null>(
    () =>
      isSized
        ? {
            store,
            path,
            rowAxis: axes.row,
            columnAxis: axes.column,
            fixed: fixedFor(axes),
            maxRows: SIDE,
            maxColumns: SIDE,
            ...(line === null ? {} : { wrap: line }),
            ...(mode === 'min' || mode === 'max' || mode === 'modified' ? { measure: mode } : {}),
          }
        : null,
    [store, path, axes, line, mode, isSized],
  )
  const request = useRequest('array.chunkMap', input, { job: `Chunk map of /${path}` })
  const base = useKept(request.data ?? request.progress, { axes, line })

  const shape = useMemo(
    () => (base ? gridSize(array.gridShape, base.made.axes, base.made.line) : null),
    [base, array],
  )
  const window =
    base && shape && size && viewport
      ? finerWindow(base.map, clampViewport(viewport, shape, size), shape, size)
      : null
  const part = useRequest('array.chunkMap', window && input ? { ...input, window } : null)
  const detail = useKept(part.data, { axes, line })
  const isWanted = window !== null
  const drawn = useMemo<DrawnMap | null>(() => {
    if (!base || !shape) return null
    const fits = isWanted && detail?.made.axes === base.made.axes && detail.made.line === base.made.line
    const source = { base: base.map, detail: fits ? detail.map : null, line: base.made.line }
    return { source, shape, axes: base.made.axes }
  }, [base, shape, detail, isWanted])
  return { drawn, request }
}

const lineLength = (array: ArrayDetail, { column }: MapAxes, size: Size): number =>
  wrapShape(array.gridShape[column ?? 0] ?? 1, size).columns

interface Made {
  axes: MapAxes
  line: number | null
}

/** The last map there was, with what it was made for. */
function useKept(map: ChunkMap | undefined, made: Made): { map: ChunkMap; made: Made } | null {
  const [kept, setKept] = useState<{ map: ChunkMap; made: Made } | null>(null)
  if (!map || kept?.map === map) return kept
  const next = { map, made }
  setKept(next)
  return next
}
