import type { ArrayDetail } from '@shared/model/node'
import { useCallback, useState } from 'react'
import type { MapAxes } from './axes'
import { cellSentence } from './cell-words'
import classes from './chunks.module.css'
import type { ChunksState } from './chunks-state'
import type { Scale } from './color-scale'
import { HoverCard } from './hover-card'
import { MapCanvas, type MapHover } from './map-canvas'
import type { CellPosition, Size } from './map-layout'
import { placeInfo, placeOf } from './map-model'
import type { DrawnMap } from './use-chunk-map'
import type { Problems } from './use-problems'

export interface MapAreaProps {
  drawn: DrawnMap
  array: ArrayDetail
  store: string
  path: string
  size: Size
  scale: Scale | null
  rawBytes: number
  state: ChunksState
  problems: Pick<Problems, 'byChunk' | 'whyOf'>
  description: string
  /** Shows the selected chunk as data. */
  onOpen: () => void
}

/** The map, what lies under the pointer, and the same facts of the selected chunk for those who listen. */
export function MapArea(props: MapAreaProps) {
  const { drawn, array, size, scale, rawBytes, state, problems } = props
  const { source, shape, axes } = drawn
  const { mode, selected, set } = state
  const [hover, setHover] = useState<MapHover | null>(null)
  const infoAt = useCallback(
    (cell: CellPosition) => placeInfo(source, shape, axes, array, cell),
    [source, shape, axes, array],
  )
  const select = useCallback(
    (cell: CellPosition | null) => set({ selected: cell && infoAt(cell).coords }),
    [infoAt, set],
  )
  const remember = useCallback((view: ChunksState['view']) => set({ view }), [set])
  const info = hover && infoAt(hover.cell)
  return (
    <>
      <MapCanvas
        source={source}
        shape={shape}
        size={size}
        axes={axes}
        mode={mode}
        scale={scale}
        projection={state.projection}
        rawBytes={rawBytes}
        corrupt={problems.byChunk}
        view={state.view}
        onView={remember}
        selected={selected}
        onSelect={select}
        onOpen={props.onOpen}
        onHover={setHover}
        description={props.description}
      />
      <span className={classes['spoken']} role="status" aria-label="Selected chunk">
        {selected && spoken(drawn, axes, array, selected, rawBytes, problems.whyOf(selected))}
      </span>
      {hover && info && (
        <HoverCard
          hover={{ ...hover, info, right: size.width - hover.x }}
          rawBytes={rawBytes}
          store={props.store}
          path={props.path}
          array={array}
          mode={mode}
          why={info.single ? problems.whyOf(info.coords) : undefined}
        />
      )}
    </>
  )
}

function spoken(
  { source, shape }: DrawnMap,
  axes: MapAxes,
  array: ArrayDetail,
  selected: readonly number[],
  rawBytes: number,
  why: string | undefined,
): string {
  const place = placeOf(source.line, axes, selected)
  if (!place) return `Chunk (${selected.join(', ')}) is not on this map.`
  const info = placeInfo(source, shape, axes, array, place)
  return cellSentence(info, rawBytes, why)
}
