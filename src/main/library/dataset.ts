import { UsageError } from '@shared/errors'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { DimSlice } from '@shared/selection/selection'
import type { Casting } from '@engine/nodes/writing/cast-items'
import type { ItemSource } from '@engine/nodes/writing/write-from'
import { toItems, type PlainValue } from './value'

/** A dataset of another library, such as an HDF5 dataset of h5wasm: a shape, and boxes of it on demand. */
export interface Dataset {
  shape: number[] | null
  slice(ranges: [number, number][]): unknown
}

/** Typed arrays have a `slice` of another kind and no shape. */
export const isDataset = (value: unknown): value is Dataset =>
  typeof value === 'object' &&
  value !== null &&
  'slice' in value &&
  typeof value.slice === 'function' &&
  'shape' in value &&
  Array.isArray(value.shape)

/** A foreign dataset as a source of items of `dtype`. Throws ValueError where its items do not fit. */
export function datasetSource(dataset: Dataset, dtype: DataTypeSpec, casting: Casting): ItemSource {
  return {
    shape: dataset.shape ?? [],
    dtype,
    async read(dims) {
      const slices = dims.filter((dim): dim is DimSlice => !('indices' in dim))
      if (slices.length < dims.length)
        throw new UsageError(
          'A dataset of another library can be written to slices only, not to lists of indices.',
        )
      const value = dataset.slice(slices.map(({ start, count }) => [start, start + count]))
      const shape = slices.map(({ count }) => count)
      const isPlain = typeof value !== 'object' || value === null
      return toItems((isPlain ? value : { data: value, shape }) as PlainValue, dtype, casting)
    },
  }
}
