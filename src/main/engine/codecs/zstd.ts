import type { CodecDefinition } from './codec'
import { compressor } from './compressor'

/**
 * Zstandard (RFC 8878). Reading takes all frames of a file, with or without their decoded size, with windows of up to
 * 128 MiB; writing makes one frame that states its size. Level 0 is zstd's default, 3.
 */
export const zstd: CodecDefinition = {
  name: 'zstd',
  aliases: ['numcodecs.zstd'],
  about: 'Zstandard (RFC 8878), the default of zarr-python 3',
  selfDescribing: true,
  bindBytesToBytes(configuration, input, context) {
    const level = configuration.integer('level', { min: -131072, max: 22, fallback: 0 })
    const checksum = configuration.boolean('checksum', false)
    return compressor(context, input, {
      decode: { codec: 'zstd' },
      encode: { codec: 'zstd', level, checksum },
    })
  },
}
