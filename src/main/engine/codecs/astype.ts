import type { Configuration } from './configuration'
import type { ItemFormat } from './codec'
import { numberFilter, realFormat, type NumberFilter } from './number-filter'
import { castNumbers } from './numpy-cast'

/** Stores numbers as another type, cast as NumPy does; decoding casts them back. */
export const astype = numberFilter(
  { name: 'numcodecs.astype', about: 'numbers stored as another type' },
  (configuration: Configuration, input: ItemFormat | undefined): NumberFilter => {
    const encoded = realFormat(configuration, 'encode_dtype')
    const decoded = realFormat(configuration, 'decode_dtype', input)
    return {
      encoded,
      decoded,
      encode: (numbers) => castNumbers(numbers, encoded.dtype),
      decode: (numbers) => castNumbers(numbers, decoded.dtype),
    }
  },
)
