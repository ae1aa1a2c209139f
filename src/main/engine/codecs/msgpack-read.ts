import { UnsupportedError } from '@shared/errors'
import { formatFloat } from '@shared/dtype/float-text'
import { JsonFloat, type JsonValue } from '@shared/json/value'
import { corrupt } from './corrupt'

/** As deep as the JSON parser goes. */
const MAX_DEPTH = 512

/** Reads one MessagePack value that fills `bytes`. Throws ChunkCorruptError, UnsupportedError for what JSON cannot say. */
export function readMsgpack(bytes: Uint8Array): JsonValue {
  const reader = new Reader(bytes)
  const value = reader.value(0)
  if (reader.left > 0) throw corrupt(`${reader.left} bytes follow its MessagePack data`)
  return value
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

class Reader {
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  get left(): number {
    return this.#bytes.length - this.#at
  }

  value(depth: number): JsonValue {
    if (depth > MAX_DEPTH) throw corrupt(`its MessagePack data is nested more than ${MAX_DEPTH} deep`)
    const type = this.#view.getUint8(this.#take(1))
    if (type < 0x80) return type
    if (type < 0x90) return this.#map(type & 0x0f, depth)
    if (type < 0xa0) return this.#array(type & 0x0f, depth)
    if (type < 0xc0) return this.#text(type & 0x1f)
    return type >= 0xe0 ? type - 0x100 : this.#long(type, depth)
  }

  /** Types whose length or value follows the type byte. */
  #long(type: number, depth: number): JsonValue {
    switch (type) {
      case 0xc0:
        return null
      case 0xc2:
      case 0xc3:
        return type === 0xc3
      case 0xca:
        return float(this.#view.getFloat32(this.#take(4)))
      case 0xcb:
        return float(this.#view.getFloat64(this.#take(8)))
      case 0xcc:
      case 0xcd:
      case 0xce:
        return this.#unsigned(1 << (type - 0xcc))
      case 0xcf:
        return integer(this.#view.getBigUint64(this.#take(8)))
      case 0xd0:
        return this.#view.getInt8(this.#take(1))
      case 0xd1:
        return this.#view.getInt16(this.#take(2))
      case 0xd2:
        return this.#view.getInt32(this.#take(4))
      case 0xd3:
        return integer(this.#view.getBigInt64(this.#take(8)))
      case 0xd9:
      case 0xda:
      case 0xdb:
        return this.#text(this.#unsigned(1 << (type - 0xd9)))
      case 0xdc:
      case 0xdd:
        return this.#array(this.#unsigned(2 << (type - 0xdc)), depth)
      case 0xde:
      case 0xdf:
        return this.#map(this.#unsigned(2 << (type - 0xde)), depth)
      case 0xc1:
        throw corrupt('its MessagePack data holds the type 0xc1, which does not exist')
      default:
        throw new UnsupportedError(
          'feature',
          `MessagePack type 0x${type.toString(16)}`,
          'binary data and extensions cannot be shown as JSON',
        )
    }
  }

  #unsigned(size: number): number {
    const at = this.#take(size)
    return size === 1
      ? this.#view.getUint8(at)
      : size === 2
        ? this.#view.getUint16(at)
        : this.#view.getUint32(at)
  }

  #text(length: number): string {
    const at = this.#take(length)
    try {
      return utf8.decode(this.#bytes.subarray(at, at + length))
    } catch (cause) {
      throw corrupt('a text in its MessagePack data is not valid UTF-8', cause)
    }
  }

  #array(length: number, depth: number): JsonValue[] {
    this.#expect(length)
    return Array.from({ length }, () => this.value(depth + 1))
  }

  #map(length: number, depth: number): JsonValue {
    this.#expect(2 * length)
    return new Map(Array.from({ length }, () => [this.#key(depth), this.value(depth + 1)]))
  }

  #key(depth: number): string {
    const key = this.value(depth + 1)
    if (typeof key === 'string') return key
    throw new UnsupportedError(
      'feature',
      'MessagePack map with keys that are not texts',
      'JSON has no such objects',
    )
  }

  /** Every member takes a byte at least: refuses counts that cannot be before anything is made for them. */
  #expect(members: number): void {
    if (members > this.left) throw corrupt('its MessagePack data ends too early')
  }

  #take(length: number): number {
    this.#expect(length)
    const at = this.#at
    this.#at += length
    return at
  }
}

const integer = (value: bigint): number | bigint =>
  Number.isSafeInteger(Number(value)) ? Number(value) : value

/** A float, kept as text where JavaScript would print it as an integer. */
function float(value: number): number | JsonFloat {
  const text = formatFloat(value, 'float64')
  return !Number.isFinite(value) || String(value) === text ? value : new JsonFloat(text)
}
