/** Fields of the dialog of a new array that something can be wrong with. */
export type ArrayField =
  | 'name'
  | 'shape'
  | 'dtype'
  | 'chunks'
  | 'shards'
  | 'fillValue'
  | 'filters'
  | 'compressor'
  | 'dimensionNames'
  | 'attributes'
  | 'zarrFormat'

/** What a new array would be: its documents exactly as they will be written, or the first thing that is wrong. */
export type ArrayPreview =
  | {
      documents: { key: string; text: string }[]
      /** Of inner chunks, where there are shards. */
      chunks: number[]
      nchunks: number
      chunkBytes: number | null
      nbytes: number | null
      /** Files at most, once every chunk is stored. */
      files: number
      /** What a person should know before they create it. */
      warnings: string[]
    }
  | { error: { field: ArrayField; message: string } }

/** What a file holds that can be imported or appended. */
export type FileContents =
  | { kind: 'npy'; shape: number[]; dtype: string }
  /** `dtype` is what the first lines fit into. */
  | { kind: 'csv'; dtype: string; columns: number }
  | { kind: 'hdf5'; nodes: Hdf5Entry[]; truncated: boolean }

export interface Hdf5Entry {
  path: string
  kind: 'group' | 'dataset'
  shape?: number[]
  dtype?: string
  chunks?: number[] | null
  /** Why it cannot be imported. */
  problem?: string
}
