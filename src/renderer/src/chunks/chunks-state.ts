import { perNode } from '../state/per-node'
import type { MapAxes } from './axes'
import type { Viewport } from './map-layout'
import type { ColorMode, Projection } from './map-values'

export interface ChunksState {
  /** Null until the view has been shown: then the default axes of the array. */
  axes: MapAxes | null
  mode: ColorMode
  projection: Projection
  /** Null shows the whole map. */
  view: Viewport | null
  /** Grid coordinates of the selected chunk. */
  selected: number[] | null
  /** Chunks that turned out to be undecodable when they were looked at, as "1,0,3", and why. */
  corrupt: ReadonlyMap<string, string>
  /** The bytes of the selected chunk are shown below the map. */
  bytes: 'stored' | 'decoded' | null
  set: (change: Partial<Omit<ChunksState, 'set'>>) => void
}

/** What the Chunks view of an array remembers while its store is open. */
export const chunksState = perNode<ChunksState>((set) => ({
  axes: null,
  mode: 'state',
  projection: 'mean',
  view: null,
  selected: null,
  corrupt: new Map(),
  bytes: null,
  set: (change) => set(change),
}))
