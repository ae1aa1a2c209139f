import { adler32 } from './adler32'
import { astype } from './astype'
import { base64 } from './base64'
import { bitround } from './bitround'
import { blosc } from './blosc'
import { bytes } from './bytes'
import { bz2 } from './bz2'
import { castValue } from './cast-value'
import { categorize } from './categorize'
import type { CodecDefinition, RefusedCodec } from './codec'
import { crc32 } from './crc32'
import { crc32c } from './crc32c'
import { delta } from './delta'
import { fixedScaleOffset } from './fixed-scale-offset'
import { fletcher32 } from './fletcher32'
import { gzip } from './gzip'
import { jenkinsLookup3 } from './jenkins-lookup3'
import { json2 } from './json2'
import { lz4 } from './lz4'
import { lzma } from './lzma'
import { msgpack2 } from './msgpack2'
import { numcodecsPackbits } from './numcodecs-packbits'
import { packbits } from './packbits'
import { quantize } from './quantize'
import { reshape } from './reshape'
import { scaleOffset } from './scale-offset'
import { sharding } from './sharding'
import { shuffle } from './shuffle'
import { transpose } from './transpose'
import { vlenArray } from './vlen-array'
import { vlenBytes } from './vlen-bytes'
import { vlenUtf8 } from './vlen-utf8'
import { zlib } from './zlib'
import { zstd } from './zstd'

/** Every codec that is read, in the order in which the documentation lists them. */
export const CODECS: readonly CodecDefinition[] = [
  bytes,
  packbits,
  vlenUtf8,
  vlenBytes,
  vlenArray,
  categorize,
  json2,
  msgpack2,
  sharding,
  transpose,
  reshape,
  scaleOffset,
  castValue,
  delta,
  fixedScaleOffset,
  astype,
  quantize,
  bitround,
  numcodecsPackbits,
  blosc,
  zstd,
  gzip,
  zlib,
  lz4,
  bz2,
  lzma,
  shuffle,
  base64,
  crc32c,
  crc32,
  adler32,
  fletcher32,
  jenkinsLookup3,
]

/** Codecs that are known and refused on purpose. */
export const REFUSED_CODECS: readonly RefusedCodec[] = [
  {
    name: 'numcodecs.pickle',
    about: 'pickled Python objects',
    stage: 'array-bytes',
    refused: 'reading it would run whatever program the file holds',
  },
  {
    name: 'conditional',
    about: 'chooses among codecs chunk by chunk',
    stage: 'array-array',
    refused: 'no program is known to write it',
  },
  {
    name: 'n5_default',
    about: 'chunks of the N5 format',
    stage: 'array-bytes',
    refused: 'N5 chunks are not read; convert the array with a program that knows N5',
  },
  {
    name: 'zfp',
    aliases: ['numcodecs.zfpy', 'zfpy'],
    about: 'zfp, lossy compression of floats',
    stage: 'array-bytes',
    refused: 'zfp is not built in; convert the array with a program that has it',
  },
  {
    name: 'numcodecs.pcodec',
    aliases: ['pcodec'],
    about: 'pcodec, compression of numbers',
    stage: 'array-bytes',
    refused: 'pcodec is not built in; convert the array with a program that has it',
  },
]

const byName = <T extends { name: string; aliases?: readonly string[] }>(
  entries: readonly T[],
): ReadonlyMap<string, T> =>
  new Map(
    entries.flatMap((entry) => [entry.name, ...(entry.aliases ?? [])].map((name) => [name, entry] as const)),
  )

const READ = byName(CODECS)
const REFUSED = byName(REFUSED_CODECS)

/** The codec of that name or alias. */
export const findCodec = (name: string): CodecDefinition | undefined => READ.get(name)

/** Why a codec that is known by name is refused. */
export const whyRefused = (name: string): string | undefined => REFUSED.get(name)?.refused

/** Where a codec that is refused would stand; undefined for others. */
export const refusedStage = (name: string): RefusedCodec['stage'] | undefined => REFUSED.get(name)?.stage

/** Whether the name says anything to this program; others may be ignored where metadata permits it. */
export const isKnownCodec = (name: string): boolean => READ.has(name) || REFUSED.has(name)
