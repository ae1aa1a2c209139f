import type { ItemValue } from '@shared/dtype/data-type'
import type { TypedArray } from '@shared/dtype/typed'

/** What each data type is read as. Names of NumPy and of format 3; anything else gives the general type. */
export interface ArrayTypes {
  bool: Uint8Array
  int8: Int8Array
  uint8: Uint8Array
  int16: Int16Array
  uint16: Uint16Array
  int32: Int32Array
  uint32: Uint32Array
  int64: BigInt64Array
  uint64: BigUint64Array
  float16: Float32Array
  float32: Float32Array
  float64: Float64Array
  complex64: Float32Array
  complex128: Float64Array
  string: string[]
}

/** The data of an array of type `D`: a typed array, or a list of values where JavaScript has none. */
export type DataOf<D extends string> = D extends keyof ArrayTypes ? ArrayTypes[D] : TypedArray | ItemValue[]

/** One item of an array: number, bigint, boolean, string, `[re, im]`, bytes, a record by field name. */
export type Scalar = ItemValue

/** What `get` reads: items in C order over `shape`. */
export interface NdArray<D extends string = string> {
  data: DataOf<D>
  shape: number[]
  dtype: string
}

export type { ItemValue, TypedArray }
