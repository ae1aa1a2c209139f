import type { DataType } from '@shared/dtype/data-type'

/**
 * Turns a result into a file or a stream piece by piece: `begin`, then the items in C order in any number of pieces
 * (canonical bytes, with offsets where items vary in length), then `end`.
 */
export interface ResultFormat {
  readonly binary: boolean
  /** Of the whole, where that is known before. */
  readonly bytes?: number | undefined
  begin(): string | Uint8Array
  items(data: Uint8Array, offsets?: Uint32Array): string | Uint8Array
  end(): string | Uint8Array
}

/** What is known of a result before its items. */
export interface ResultHead {
  shape: readonly number[]
  dtype: DataType
  /** NumPy string or v3 name, as `info` gives it. */
  dtypeName: string
}
