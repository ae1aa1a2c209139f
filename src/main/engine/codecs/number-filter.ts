import { fixedItemSize, sameType } from '@shared/dtype/itemsize'
import { swapped } from './bytes'
import type {
  BoundArrayCodec,
  BoundByteCodec,
  ChunkSpec,
  CodecDefinition,
  ItemFormat,
  StreamSpec,
} from './codec'
import type { Configuration } from './configuration'
import { corrupt } from './corrupt'
import { packed } from './bytes'
import { canonical } from './layout'
import { isReal, loadNumbers, storeNumbers, type Numbers, type RealType } from './numbers'
import { numpyItem } from './numpy-dtype'

/** Real numbers of one type and byte order. */
export interface RealFormat extends ItemFormat {
  readonly dtype: RealType
}

/** Turns numbers of one type into as many of another, and back. Neither direction changes its input. */
export interface NumberFilter {
  readonly decoded: RealFormat
  readonly encoded: RealFormat
  readonly encode: (numbers: Numbers) => Numbers
  readonly decode: (numbers: Numbers) => Numbers
}

/**
 * A filter of numcodecs. Format 3 puts it before the array→bytes codec, where it works on the chunk in C order; format 2
 * lets it work on the bytes of the chunk in their stored order, with the data types that its configuration names.
 */
export function numberFilter(
  facts: Pick<CodecDefinition, 'name' | 'about' | 'limits'>,
  configure: (configuration: Configuration, input: ItemFormat | undefined) => NumberFilter,
): CodecDefinition {
  return {
    ...facts,
    bindArrayToArray(configuration, input) {
      const filter = configure(configuration, { dtype: input.dtype, bigEndian: false })
      if (!sameType(filter.decoded.dtype, input.dtype))
        configuration.fail('dtype', 'must be the data type of the chunk')
      return arrayFilter(filter, input)
    },
    bindBytesToBytes: (configuration, input) =>
      byteFilter(configure(configuration, input.item), input, facts.name),
  }
}

/** The field's data type, or `fallback` where the field is absent; it must be one of real numbers. */
export function realFormat(configuration: Configuration, field: string, fallback?: ItemFormat): RealFormat {
  const item =
    fallback && configuration.get(field) === undefined ? fallback : numpyItem(configuration.text(field))
  const { dtype } = item
  return isReal(dtype) ? { ...item, dtype } : configuration.fail(field, 'must be a data type of real numbers')
}

function arrayFilter(filter: NumberFilter, input: ChunkSpec): BoundArrayCodec {
  const { decoded, encoded } = filter
  const encode = (data: Uint8Array): Uint8Array =>
    storeNumbers(encoded.dtype, filter.encode(loadNumbers(decoded.dtype, data)))
  const output: ChunkSpec = {
    dtype: encoded.dtype,
    shape: input.shape,
    fill: input.fill && encode(input.fill),
  }
  return {
    output,
    encode: (chunk) => packed(output, encode(canonical(chunk).data)),
    decode: (chunk) => {
      const numbers = filter.decode(loadNumbers(encoded.dtype, canonical(chunk).data))
      return packed(input, storeNumbers(decoded.dtype, numbers))
    },
  }
}

function byteFilter(
  { decoded, encoded, encode, decode }: NumberFilter,
  input: StreamSpec,
  name: string,
): BoundByteCodec {
  const [before, after] = [fixedItemSize(decoded.dtype), fixedItemSize(encoded.dtype)]
  return {
    output: { size: input.size === undefined ? undefined : (input.size / before) * after, item: encoded },
    encode: (bytes) => store(encoded, encode(load(decoded, bytes, name))),
    decode: (bytes) => store(decoded, decode(load(encoded, bytes, name))),
  }
}

function load(format: RealFormat, bytes: Uint8Array, name: string): Numbers {
  const size = fixedItemSize(format.dtype)
  if (bytes.length % size !== 0)
    throw corrupt(`${name} finds ${bytes.length} bytes, not whole numbers of ${size} bytes`)
  return loadNumbers(format.dtype, ordered(format, bytes))
}

const store = (format: RealFormat, numbers: Numbers): Uint8Array =>
  ordered(format, storeNumbers(format.dtype, numbers))

/** From the format's byte order to little-endian, or back. */
function ordered({ dtype, bigEndian }: RealFormat, bytes: Uint8Array): Uint8Array {
  const unit = fixedItemSize(dtype) as 1 | 2 | 4 | 8
  return bigEndian && unit > 1 ? swapped(bytes, unit, [{ offset: 0, unit, count: 1 }]) : bytes
}
