import type { CodecDefinition } from './codec'
import { corrupt } from './corrupt'
import { itemSize } from '@shared/dtype/itemsize'

/** Byte planes: the first bytes of all items, then the second, … Trailing bytes are not allowed. */
export const shuffle: CodecDefinition = {
  name: 'numcodecs.shuffle',
  about: 'bytes sorted by their place in the item',
  bindBytesToBytes(configuration, input, { backend }) {
    const fallback = (input.item && itemSize(input.item.dtype)) ?? 4
    const itemsize = configuration.integer('elementsize', { min: 0, max: 2 ** 31 - 1, fallback })
    if (itemsize > 1 && (input.size ?? 0) % itemsize !== 0) {
      configuration.fail('elementsize', `must divide the ${input.size} bytes of a chunk`)
    }
    return {
      output: { size: input.size },
      encode: (bytes) => (itemsize > 1 ? backend.shuffle(bytes, itemsize) : bytes),
      decode(bytes) {
        if (itemsize <= 1) return bytes
        if (bytes.length % itemsize !== 0)
          throw corrupt(`${bytes.length} shuffled bytes are not whole items of ${itemsize}`)
        return backend.unshuffle(bytes, itemsize)
      },
    }
  },
}
