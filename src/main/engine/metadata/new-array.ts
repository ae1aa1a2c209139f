import type { NumpyDtype } from '@shared/dtype/numpy-dtype'
import type { JsonObject, JsonValue } from '@shared/json/value'

/** An array that is to be created, in terms of every format; what a format cannot store is refused when it is written. */
export interface NewArray {
  shape: number[]
  /** Shape of the chunks, of the inner ones where there are shards. */
  chunks: number[]
  /** Format 3 only. */
  shards?: number[] | null | undefined
  dtype: NumpyDtype
  order: 'C' | 'F'
  /** Canonical bytes of the fill item; null leaves missing items undefined (format 3 then says zero or NaT). */
  fill: Uint8Array | null
  /** Format 1 wrote the fill value as it was given (0 for a float array); without it whole floats are written as integers. */
  fillJson?: JsonValue | undefined
  attributes?: JsonObject | undefined
  /** Format 3 only. */
  dimensionNames?: (string | null)[] | null | undefined
  /** Between the indices of chunk keys; "." in formats 1 and 2, "/" in format 3 where it is left out. */
  separator?: '.' | '/' | undefined
  /** Formats 1 and 2: `{id, …}` as the numcodecs library has it; null for none. */
  compressor?: JsonObject | null | undefined
  /** Format 2: `{id, …}` each, in encoding order. */
  filters?: JsonObject[] | null | undefined
  /** Format 3: every codec of a stored chunk, as `composeCodecs` gives them. */
  codecs?: JsonValue[] | undefined
}
