import type { DataTypeSpec } from '@shared/dtype/spec'
import { itemSize } from '@shared/dtype/itemsize'
import { itemUnits, type ItemUnits } from '@engine/chunks/item-layout'
import { copyStrided } from '@engine/chunks/strided-copy'
import type { ChunkSpec, CodecDefinition } from './codec'
import type { Configuration } from './configuration'
import { corrupt } from './corrupt'
import type { DecodedChunk } from './decoded-chunk'
import { canonical, cStrides, product } from './layout'
import { subByteItems } from './sub-byte'

/**
 * Items one after another in C order (format 3 "bytes"). Besides "little" and "big", `endian` may be "mixed" for
 * format 2 records whose fields differ: `swaps` then lists offset and size of every big-endian number of an item.
 *
 * Big-endian items stay as they are when decoded: scatter swaps them in the one copy it makes. Mixed ones are copied here.
 */
export const bytes: CodecDefinition = {
  name: 'bytes',
  about: 'items as they are in memory, little- or big-endian',
  bindArrayToBytes(configuration, input) {
    const size = itemSize(input.dtype)
    if (size === null)
      return configuration.fail('', 'cannot store items that vary in length; a vlen codec can')
    const swaps = bigEndianUnits(configuration, input.dtype, size)
    const bigEndian = configuration.get('endian') === 'big' && swaps.length > 0
    const total = size * product(input.shape)
    const own = subByteItems(input.dtype)
    const decodeItems = (data: Uint8Array): { data: Uint8Array; bigEndian: boolean } => {
      if (own) return { data: own(data), bigEndian }
      return { data: bigEndian || swaps.length === 0 ? data : swapped(data, size, swaps), bigEndian }
    }
    return {
      output: { size: total, item: { dtype: input.dtype, bigEndian } },
      decodeItems,
      decode(data) {
        if (data.length !== total)
          throw corrupt(`it holds ${data.length} bytes where the metadata asks for ${total}`)
        return { ...packed(input, data), ...decodeItems(data) }
      },
      encode(chunk) {
        const { data } = canonical(chunk)
        return swaps.length === 0 ? data : swapped(data, size, swaps)
      },
    }
  },
}

/** Little-endian items in C order as a chunk; no bytes are copied. */
export const packed = (spec: ChunkSpec, data: Uint8Array): DecodedChunk => ({
  dtype: spec.dtype,
  shape: [...spec.shape],
  strides: cStrides(spec.shape),
  bigEndian: false,
  data,
})

/** The numbers of an item whose bytes lie in big-endian order. */
function bigEndianUnits(configuration: Configuration, dtype: DataTypeSpec, size: number): ItemUnits[] {
  const multibyte = itemUnits(dtype).filter(({ unit }) => unit > 1)
  // Records of old stores may leave `endian` out; they are little-endian.
  const optional = dtype.kind === 'struct' || multibyte.length === 0
  const endian = configuration.oneOf('endian', ['little', 'big', 'mixed'], optional ? 'little' : undefined)
  const swaps = configuration.get('swaps')
  if (endian !== 'mixed') return endian === 'big' ? multibyte : []
  if (!Array.isArray(swaps)) return configuration.fail('swaps', 'must list the numbers to swap')
  return swaps.map((swap) => {
    const [offset, unit] = Array.isArray(swap) ? swap : []
    const valid = typeof offset === 'number' && offset >= 0 && Number.isInteger(offset)
    if (valid && (unit === 2 || unit === 4 || unit === 8) && offset + unit <= size)
      return { offset, unit, count: 1 }
    return configuration.fail('swaps', 'must name numbers of 2, 4 or 8 bytes inside an item')
  })
}

/** A copy of packed items of `size` bytes with the bytes of the given numbers reversed. */
export function swapped(data: Uint8Array, size: number, units: readonly ItemUnits[]): Uint8Array {
  const copy = new Uint8Array(data)
  for (const { offset, unit, count } of units) {
    const items = { count: data.length / size, from: size, to: size }
    const numbers = { count, from: unit, to: unit }
    copyStrided(data, copy, {
      loops: [items, numbers],
      fromOffset: offset,
      toOffset: offset,
      unit,
      swap: true,
    })
  }
  return copy
}
