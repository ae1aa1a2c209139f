import { UnsupportedError, UsageError } from '@shared/errors'
import { dataType } from '@shared/dtype/registry'
import { numpyDescr } from '@shared/dtype/numpy-name'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { DimSlice } from '@shared/selection/selection'
import { hdf5Type } from '@engine/interop/hdf5-types'
import type { Casting } from '@engine/nodes/writing/cast-items'
import type { ItemSource } from '@engine/nodes/writing/write-from'
import { hdf5Source, type Hdf5Dataset } from './hdf5'
import { toItems, type PlainValue } from './value'

/** A dataset of another library, such as h5wasm: a shape, and boxes of it on demand. */
export interface ForeignDataset {
  shape: number[] | null
  slice(ranges: [number, number][]): unknown
}

export type Dataset = ForeignDataset | Hdf5Dataset

type Hdf5Metadata = Parameters<typeof hdf5Type>[0]

/** What datasets of h5wasm have as well. */
interface WasmDataset extends ForeignDataset {
  metadata: Hdf5Metadata
  value: unknown
}

/** Typed arrays have a `slice` of another kind and no shape. */
export const isDataset = (value: unknown): value is Dataset =>
  hdf5Source(value) !== undefined ||
  (typeof value === 'object' &&
    value !== null &&
    'slice' in value &&
    typeof value.slice === 'function' &&
    'shape' in value &&
    Array.isArray(value.shape))

/**
 * A dataset as a source of items, read part by part: what the file holds where it was opened by this library, else what
 * `slice` answers, in items of `dtype`. Throws UnsupportedError for what `slice` is known to answer wrongly.
 */
export function datasetSource(dataset: Dataset, dtype: DataTypeSpec, casting: Casting): ItemSource {
  const own = hdf5Source(dataset)
  if (own) return { shape: own.shape, dtype: own.dtype, read: (dims) => own.read(slicesOf(dims)) }
  const foreign = dataset as ForeignDataset
  if (isWasm(foreign)) typeOf(foreign)
  return {
    shape: foreign.shape ?? [],
    dtype,
    async read(dims) {
      const slices = slicesOf(dims)
      const isScalar = slices.length === 0 && isWasm(foreign)
      const value = isScalar
        ? foreign.value
        : foreign.slice(slices.map(({ start, count }) => [start, start + count]))
      const shape = slices.map(({ count }) => count)
      const isPlain = typeof value !== 'object' || value === null
      return toItems((isPlain ? value : { data: value, shape }) as PlainValue, dtype, casting)
    },
  }
}

/** The data type of a dataset as creation functions take it. Throws UsageError where it has no name that is known here. */
export function datasetType(dataset: Dataset): string | readonly unknown[] {
  const spec = hdf5Source(dataset)?.dtype ?? (isWasm(dataset) ? typeOf(dataset) : undefined)
  if (spec) return spec.kind === 'vlen-text' ? 'string' : (numpyDescr(spec) as string | readonly unknown[])
  const { dtype } = dataset as { dtype?: unknown }
  if (typeof dtype === 'string') return dtype
  throw new UsageError('The data type of this dataset has no name here; name it with `dtype`.')
}

/** Chunks of a dataset that has some. */
export const datasetChunks = (dataset: Dataset): readonly number[] | undefined =>
  (hdf5Source(dataset)?.chunks ?? (isWasm(dataset) && dataset.metadata.chunks)) || undefined

const isWasm = (dataset: object): dataset is WasmDataset => {
  const { metadata } = dataset as Partial<WasmDataset>
  return (
    typeof metadata === 'object' && typeof metadata.type === 'number' && typeof metadata.size === 'number'
  )
}

/** Throws UnsupportedError for what h5wasm reads not at all, and big-endian fields of records, which it reads wrongly. */
function typeOf({ metadata }: WasmDataset): DataTypeSpec {
  const { spec, pieces } = hdf5Type(metadata)
  const isHalf = spec.kind === 'float' && spec.format === 'float16'
  if (!isHalf && spec.kind !== 'raw' && !pieces?.some(({ swap }) => swap)) return spec
  throw new UnsupportedError(
    'data type',
    dataType(spec).name,
    'h5wasm does not read it rightly; open the file with openHdf5 of this library',
  )
}

function slicesOf(dims: Parameters<ItemSource['read']>[0]): DimSlice[] {
  const slices = dims.filter((dim): dim is DimSlice => !('indices' in dim))
  if (slices.length === dims.length) return slices
  throw new UsageError('A dataset of a file can be written to slices only, not to lists of indices.')
}
