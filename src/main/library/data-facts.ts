import { UsageError } from '@shared/errors'
import { dataType } from '@shared/dtype/registry'
import { datasetChunks, datasetType, isDataset } from './dataset'
import { nodeOf } from './node-of'
import type { TypedArray } from './types'
import { typedSpec } from './value'
import type { Value } from './write-value'

/** What `array` needs to know of its data. */
export interface DataFacts {
  shape: readonly number[]
  dtype: string | readonly unknown[]
  /** Where the data has chunks itself. */
  chunks?: readonly number[] | undefined
  /** The data with its shape. */
  value: Value
}

/** Shape and data type of data as NumPy's `asarray` sees them. Throws UsageError where they cannot be told. */
export function dataFacts(data: Value, given: number | readonly number[] | undefined): DataFacts {
  const wanted = typeof given === 'number' ? [given] : given
  const node = nodeOf(data)
  if (node) {
    const dtype = node.dtype.kind === 'vlen-text' ? 'string' : node.metadata.dtypeName
    return { shape: wanted ?? node.shape, dtype, value: data }
  }
  if (isDataset(data)) {
    const shape = wanted ?? data.shape ?? []
    return { shape, dtype: datasetType(data), chunks: datasetChunks(data), value: data }
  }
  if (ArrayBuffer.isView(data)) {
    const typed = data
    const shape = wanted ?? [typed.length]
    return { shape, dtype: dataType(typedSpec(typed)).name, value: wanted ? { data: typed, shape } : typed }
  }
  if (typeof data === 'object' && data !== null && 'data' in data && 'shape' in data) {
    const {
      data: items,
      shape,
      dtype,
    } = data as { data: TypedArray | unknown[]; shape: number[]; dtype?: string }
    const own = dtype ?? (ArrayBuffer.isView(items) ? dataType(typedSpec(items)).name : listType(items))
    return { shape: wanted ?? shape, dtype: own, value: data }
  }
  const shape: number[] = []
  for (let level: unknown = data; Array.isArray(level); level = level[0] as unknown) shape.push(level.length)
  const items = Array.isArray(data) ? (data as unknown[]).flat(Infinity) : [data]
  return { shape: wanted ?? shape, dtype: listType(items), value: data }
}

/** NumPy's choice for plain values: the narrowest of bool, int64, float64, text that holds them all. */
function listType(items: readonly unknown[]): string {
  const all = (is: (item: unknown) => boolean): boolean => items.length > 0 && items.every(is)
  if (all((item) => typeof item === 'boolean')) return 'bool'
  if (all((item) => typeof item === 'bigint' || typeof item === 'boolean' || Number.isSafeInteger(item)))
    return 'int64'
  if (
    all((item) => typeof item === 'number' || typeof item === 'bigint' || typeof item === 'boolean') ||
    items.length === 0
  )
    return 'float64'
  if (all((item) => typeof item === 'string')) return 'string'
  if (all((item) => item instanceof Date)) return 'datetime64[ms]'
  throw new UsageError('The data type of this data cannot be told; name it with `dtype`.')
}
