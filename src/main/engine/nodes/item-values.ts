import type { DataType, ItemValue } from '@shared/dtype/data-type'

/** Every item's value in order; `offsets` are those of variable-length items. */
export function itemValues(dtype: DataType, data: Uint8Array, offsets?: Uint32Array): ItemValue[] {
  if (dtype.itemsize === null) {
    const ends = offsets ?? new Uint32Array(1)
    return Array.from({ length: ends.length - 1 }, (_, i) => dtype.read(data, ends[i]!, ends[i + 1]))
  }
  const size = dtype.itemsize
  const items = size === 0 ? 0 : data.length / size
  return Array.from({ length: items }, (_, i) => dtype.read(data, i * size))
}
