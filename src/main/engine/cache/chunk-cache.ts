/** Byte-bounded store of decoded chunks on the calling side. */
export interface ChunkCache {
  /** Bytes kept at most. */
  readonly capacity: number
  /** Forgets every chunk whose key starts with `prefix`, after an edit or a reload. */
  drop(store: object, prefix: string): void
}
