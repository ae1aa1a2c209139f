import { crc32, inflateRawSync } from 'node:zlib'
import { ChunkCorruptError, UnsupportedError } from '@shared/errors'
import { codecModule } from '../codecs/wasm/codec-module'
import { CodecFailure } from '../codecs/wasm/codec-failure'
import { checkLength } from '../files/byte-range'
import type { RangePlace } from './zip-entry'

interface ZipMethod {
  name: string
  decode(bytes: Uint8Array, size: number): Uint8Array
}

/** How entries may be compressed: the methods of the format that Python's zipfile writes. */
const METHODS: Partial<Record<number, ZipMethod>> = {
  0: { name: 'stored', decode: (bytes) => bytes },
  8: {
    name: 'deflate',
    decode: (bytes, size) => plain(inflateRawSync(bytes, { maxOutputLength: Math.max(1, size) })),
  },
  12: {
    name: 'bzip2',
    decode: (bytes, size) => copyOf(codecModule().decode({ codec: 'bz2' }, bytes, { exact: size })),
  },
  14: { name: 'lzma', decode: decodeLzma },
}

export const isKnownMethod = (method: number): boolean => METHODS[method] !== undefined

export const unknownMethod = (method: number): UnsupportedError =>
  new UnsupportedError(
    'feature',
    `zip method ${method}`,
    `entries may be ${Object.values(METHODS)
      .map((known) => known?.name)
      .join(', ')}`,
  )

export const encrypted = (name: string): UnsupportedError =>
  new UnsupportedError('feature', `encryption of the zip entry ${name}`, 'encrypted archives are not read')

/** The value of an entry from its stored bytes, its length and CRC-32 checked. */
export function decodeEntry(place: RangePlace, bytes: Uint8Array): Uint8Array {
  const key = place.entry ? `${place.path}/${place.entry.name}` : place.path
  const method = METHODS[place.method]
  if (!method) throw unknownMethod(place.method)
  checkLength(key, place.size)
  let value: Uint8Array
  try {
    value = method.decode(bytes, place.size)
  } catch (thrown) {
    const why = thrown instanceof CodecFailure ? thrown.message : `its ${method.name} data is damaged`
    throw new ChunkCorruptError(key, why, { cause: thrown })
  }
  if (value.length !== place.size)
    throw new ChunkCorruptError(key, `it has ${value.length} bytes where its directory states ${place.size}`)
  if (place.crc32 !== undefined && crc32(value) !== place.crc32)
    throw new ChunkCorruptError(key, 'its bytes do not match their CRC-32')
  return value
}

/** Version, length of the properties, properties, stream: LZMA "alone" but for the length of the value. */
function decodeLzma(bytes: Uint8Array, size: number): Uint8Array {
  const properties = bytes.subarray(4, 9)
  const stream = bytes.subarray(9)
  const alone = new Uint8Array(13 + stream.length)
  alone.set(properties)
  new DataView(alone.buffer).setBigUint64(5, BigInt(size), true)
  alone.set(stream, 13)
  return copyOf(codecModule().decode({ codec: 'lzma', format: 2 }, alone, { exact: size }))
}

const plain = ({ buffer, byteOffset, length }: Buffer): Uint8Array =>
  new Uint8Array(buffer, byteOffset, length)

/** The codec module hands out its own memory. */
const copyOf = (view: Uint8Array): Uint8Array => view.slice()
