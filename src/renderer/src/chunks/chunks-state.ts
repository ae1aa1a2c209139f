import { perNode } from '../state/per-node'
import type { Viewport } from './map-layout'
import type { ColorMode, MapAxes, Projection } from './map-model'

export interface ChunksState {
  /** Null until the view has been shown: then the default axes of the array. */
  axes: MapAxes | null
  mode: ColorMode
  projection: Projection
  /** Null shows the whole map. */
  view: Viewport | null
  /** Grid coordinates of the selected chunk. */
  selected: number[] | null
  /** Coordinates of chunks that were found to be undecodable, as "1,0,3". */
  corrupt: ReadonlySet<string>
  set: (change: Partial<Omit<ChunksState, 'set'>>) => void
}

/** What the Chunks view of an array remembers while its store is open. */
export const chunksState = perNode<ChunksState>((set) => ({
  axes: null,
  mode: 'state',
  projection: 'share',
  view: null,
  selected: null,
  corrupt: new Set(),
  set: (change) => set(change),
}))
