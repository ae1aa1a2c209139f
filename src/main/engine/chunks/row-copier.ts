/**
 * Copies `rows` rows of `bytes` each from one memory to another; places and steps in bytes from the start of the memory
 * on either side. Nothing is checked.
 */
export type RowCopier = (
  from: number,
  fromStep: number,
  to: number,
  toStep: number,
  bytes: number,
  rows: number,
) => void

/** Faster ways to copy between a buffer and bytes in memory of the codecs; undefined where these lie elsewhere. */
export interface RowCopiers {
  /** From the bytes to the buffer. */
  out(bytes: Uint8Array): RowCopier | undefined
  /** From the buffer to the bytes. */
  in(bytes: Uint8Array): RowCopier | undefined
}
