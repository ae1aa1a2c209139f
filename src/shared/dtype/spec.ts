/**
 * A data type as plain data: what crosses threads and the wire. `dataType(spec)` gives the runtime object.
 *
 * The *canonical* form of an item, the only form that leaves the engine: little-endian, packed, C order; bool one
 * byte 0/1; sub-byte and small floats one byte each (bfloat16 two); complex as two parts; datetime and timedelta as
 * int64; `text` as UTF-32LE code points; structs as their fields in order without padding; sub-arrays item by item.
 * Variable-length items have `itemsize` null and come as bytes plus offsets: text as UTF-8, `vlen-array` as canonical
 * items, `object` as the UTF-8 of its JSON.
 */
export type DataTypeSpec =
  | { kind: 'bool' }
  | { kind: 'int' | 'uint'; bits: 2 | 4 | 8 | 16 | 32 | 64 }
  | { kind: 'float'; format: FloatFormat }
  | { kind: 'complex'; part: FloatFormat }
  | { kind: 'datetime' | 'timedelta'; unit: TimeUnit; scale: number }
  /** NumPy S: NUL-padded bytes. */
  | { kind: 'bytes'; length: number }
  /** NumPy U: NUL-padded code points, four bytes each. */
  | { kind: 'text'; length: number }
  /** NumPy V and r*: opaque bytes. */
  | { kind: 'raw'; length: number }
  | { kind: 'struct'; fields: { name: string; type: DataTypeSpec }[] }
  | { kind: 'subarray'; item: DataTypeSpec; shape: number[] }
  | { kind: 'vlen-text' }
  | { kind: 'vlen-bytes' }
  | { kind: 'vlen-array'; item: DataTypeSpec }
  /** NumPy O with json2 or msgpack2: any JSON value. */
  | { kind: 'object' }

export type FloatFormat =
  | 'float16'
  | 'float32'
  | 'float64'
  | 'bfloat16'
  | 'float8_e3m4'
  | 'float8_e4m3'
  | 'float8_e5m2'
  | 'float8_e4m3b11fnuz'
  | 'float8_e4m3fnuz'
  | 'float8_e5m2fnuz'
  | 'float8_e8m0fnu'
  | 'float6_e2m3fn'
  | 'float6_e3m2fn'
  | 'float4_e2m1fn'

export type TimeUnit =
  'Y' | 'M' | 'W' | 'D' | 'h' | 'm' | 's' | 'ms' | 'us' | 'ns' | 'ps' | 'fs' | 'as' | 'generic'
