import { jsonInteger } from '@shared/json/access'
import type { JsonObject } from '@shared/json/value'
import type { CodecSpec } from './pipeline-spec'
import { findCodec } from './table'

/** What notices damage, per codec: codecs that are not here, such as Blosc and LZ4, decode damaged bytes unnoticed. */
const CHECKS: Record<string, (configuration: JsonObject) => string | undefined> = {
  crc32c: () => 'crc32c',
  'numcodecs.crc32': () => 'crc32',
  'numcodecs.adler32': () => 'adler32',
  'numcodecs.fletcher32': () => 'fletcher32',
  'numcodecs.jenkins_lookup3': () => 'jenkins_lookup3',
  gzip: () => 'gzip (CRC-32)',
  'numcodecs.zlib': () => 'zlib (Adler-32)',
  'numcodecs.bz2': () => 'bz2 (CRC-32)',
  zstd: (configuration) => (configuration.get('checksum') === true ? 'zstd (XXH64)' : undefined),
  'numcodecs.lzma': lzmaCheck,
}

/** The checksums that a chain of codecs stores with a chunk, as people are told them, in the order of encoding. */
export const checksumsOf = (codecs: readonly CodecSpec[]): string[] =>
  codecs.flatMap(({ name, configuration }) => {
    const known = findCodec(name)?.name ?? ''
    return (Object.hasOwn(CHECKS, known) ? CHECKS[known]?.(configuration) : undefined) ?? []
  })

/** .xz has the check that is asked for, CRC-64 by default; .lzma and raw streams have none. */
function lzmaCheck(configuration: JsonObject): string | undefined {
  const [format, check] = ['format', 'check'].map((name) => jsonInteger(configuration.get(name)))
  if ((format ?? 1) !== 1 || check === 0) return undefined
  const names: Record<number, string> = { 1: 'CRC-32', 10: 'SHA-256' }
  return `xz (${names[check ?? -1] ?? 'CRC-64'})`
}
