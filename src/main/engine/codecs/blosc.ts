import { UnsupportedError } from '@shared/errors'
import type { CodecDefinition, StreamSpec } from './codec'
import { compressor, decodedSize } from './compressor'
import type { Configuration } from './configuration'
import { itemSize } from '@shared/dtype/itemsize'
import type { BloscShuffle } from './wasm/codec-params'

const COMPRESSORS = ['blosclz', 'lz4', 'lz4hc', 'snappy', 'zlib', 'zstd'] as const
const SHUFFLES = ['noshuffle', 'shuffle', 'bitshuffle'] as const

/**
 * A Blosc 1 frame: blocks, shuffled by byte or bit and compressed one by one. The frame says how, the configuration
 * only matters for writing. Format 2 writes `shuffle` as a number and leaves `typesize` to the data type.
 */
export const blosc: CodecDefinition = {
  name: 'blosc',
  aliases: ['numcodecs.blosc'],
  about: 'Blosc 1 with blosclz, lz4, lz4hc, zlib or zstd inside',
  limits: 'chunks with snappy inside are read, not written',
  selfDescribing: true,
  bindBytesToBytes(configuration, input, context) {
    const cname = configuration.oneOf('cname', COMPRESSORS, 'lz4')
    const clevel = configuration.integer('clevel', { min: 0, max: 9, fallback: 5 })
    const blocksize = configuration.integer('blocksize', { min: 0, max: 2 ** 31 - 1, fallback: 0 })
    const typesize =
      configuration.integer('typesize', { min: 0, max: 2 ** 31 - 1, fallback: 0 }) || itemBytes(input)
    const shuffle = shuffleMode(configuration, itemBytes(input))
    if (cname === 'snappy') {
      const { backend } = context
      const size = decodedSize(input)
      return {
        output: { size: undefined },
        decode: (bytes) => backend.decode({ codec: 'blosc' }, bytes, size),
        encode() {
          throw new UnsupportedError('codec', 'blosc with snappy', 'it can be read, not written')
        },
      }
    }
    const encode = {
      codec: 'blosc',
      cname,
      clevel,
      shuffle,
      typesize: typesize > 255 ? 1 : typesize,
      blocksize,
    } as const
    return compressor(context, input, { decode: { codec: 'blosc' }, encode })
  },
}

const itemBytes = (input: StreamSpec): number => Math.max(1, (input.item && itemSize(input.item.dtype)) ?? 1)

/** As a name (format 3), as a number (format 2); -1 or absent means by bit for single bytes, else by byte. */
function shuffleMode(configuration: Configuration, itemBytes: number): BloscShuffle {
  const stated = configuration.get('shuffle') ?? -1
  const named = SHUFFLES.findIndex((name) => name === stated)
  if (named >= 0) return named as BloscShuffle
  if (stated === -1) return itemBytes === 1 ? 2 : 1
  if (stated === 0 || stated === 1 || stated === 2) return stated
  return configuration.fail('shuffle', `must be one of ${SHUFFLES.join(', ')} or a number from -1 to 2`)
}
