import type { JsonValue } from '../json/value'
import type { DataTypeSpec } from './spec'

/**
 * The JavaScript value of one item: boolean; number (ints up to 32 bits, floats); bigint (64-bit integers, datetime,
 * timedelta as int64 ticks); `[re, im]`; Uint8Array (bytes, raw, vlen-bytes; `bytes` without trailing NULs); string
 * (text, vlen-text); `Record` by field name; nested arrays for sub-arrays and vlen-arrays; JsonValue for objects.
 */
export type ItemValue =
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | [number, number]
  | ItemValue[]
  | { [field: string]: ItemValue }
  | null

/** A data type at run time: reads, writes, parses and formats items in canonical bytes (see DataTypeSpec). */
export interface DataType {
  readonly spec: DataTypeSpec
  /** As NumPy names it: "int32", "float16", "<U5", "|S3", "datetime64[ns]", "object"; records as their descr. */
  readonly name: string
  /** Bytes of one canonical item; null where items vary in length. */
  readonly itemsize: number | null
  /** The item that starts at `offset`; variable-length items end at `end`. */
  read(bytes: Uint8Array, offset: number, end?: number): ItemValue
  /** The canonical bytes of a value. Throws ValueError where the type cannot hold it exactly (floats round to nearest). */
  encode(value: ItemValue): Uint8Array
  /** What a person typed, as canonical bytes. Throws ValueError with the reason. */
  parse(text: string): Uint8Array
  /** As NumPy prints the item: shortest text that reads back exactly. */
  format(value: ItemValue): string
  /** As `--json` prints it (CLI.md): NaN and infinities as strings, bigint exact, bytes base64, datetimes ISO. */
  toJson(value: ItemValue): JsonValue
  /** Canonical zero: 0, false, empty, NaT stays for fills to decide. */
  zero(): Uint8Array
}
