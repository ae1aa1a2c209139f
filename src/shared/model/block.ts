import type { DataTypeSpec } from '../dtype/spec'

/** Where the cells of a part of a block came from. */
export type CellState = 'stored' | 'missing' | 'error' | 'edited'

/** A box of the block, in the block's own coordinates, that one chunk answered. */
export interface BlockPart {
  start: number[]
  shape: number[]
  state: CellState
  /** Store key of the chunk. */
  key: string
  coords: number[]
  /** `state` "error": one sentence. */
  error?: string
}

/** A rectangle of cells: canonical bytes (see DataTypeSpec) in C order, with the state of every part. */
export interface Block {
  shape: number[]
  dtype: DataTypeSpec
  data: Uint8Array
  /** Variable-length items: item i is data[offsets[i]..offsets[i+1]]. */
  offsets?: Uint32Array
  parts: BlockPart[]
}
