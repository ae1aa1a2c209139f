import type { MapColors } from './map-colors'
import type { CellPosition, MapShape, Size } from './map-layout'
import type { MapSource } from './map-model'

/** All that is drawn, but for the viewport. */
export interface MapScene {
  source: MapSource
  shape: MapShape
  size: Size
  /** One pixel per cell of the whole map, and of its finer part. */
  image: CanvasImageSource
  detailImage: CanvasImageSource | null
  selected: CellPosition | null
  hovered: CellPosition | null
  /** Places of chunks that turned out to be undecodable when they were looked at. */
  bad: readonly CellPosition[]
  /** Where the layout shows a chunk; null where it does not. */
  placeOf: (coords: readonly number[]) => CellPosition | null
  /** Cells are coloured by state, so that signs may take the colour of the ground. */
  byState: boolean
  colors: MapColors
}
