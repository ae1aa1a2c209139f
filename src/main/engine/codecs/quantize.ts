import { numberFilter, realFormat } from './number-filter'
import { newNumbers, rounding, roundWhole } from './numbers'
import { castNumbers } from './numpy-cast'

/** Floats rounded to as many bits behind the point as `digits` decimal places need; decoding only casts them back. */
export const quantize = numberFilter(
  { name: 'numcodecs.quantize', about: 'floats rounded to decimal places' },
  (configuration, input) => {
    const decoded = realFormat(configuration, 'dtype', input)
    const encoded = realFormat(configuration, 'astype', decoded)
    if (decoded.dtype.kind !== 'float' || encoded.dtype.kind !== 'float')
      configuration.fail('dtype', 'must be a float type')
    const digits = configuration.integer('digits', { min: -300, max: 300 })
    const round = rounding(decoded.dtype)
    const scale = round(2 ** Math.ceil(Math.log2(10 ** digits)))
    return {
      decoded,
      encoded,
      encode(numbers) {
        const result = newNumbers(decoded.dtype, numbers.length)
        numbers.forEach((x, i) => {
          result[i] = round(roundWhole(round(scale * Number(x))) / scale)
        })
        return castNumbers(result, encoded.dtype)
      },
      decode: (numbers) => castNumbers(numbers, decoded.dtype),
    }
  },
)
