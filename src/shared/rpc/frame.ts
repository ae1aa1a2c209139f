/**
 * One message as bytes, for transports that carry bytes (WebSocket).
 *
 *     u32 headerLength | header: JSON in UTF-8 | padding | buffer 0 | padding | buffer 1 | …
 *
 * Little-endian; the header is padded, and every buffer starts, at a multiple of 8 bytes, so that the receiver makes
 * views without copying. In the header an object with the single key "$" stands for what JSON lacks:
 *
 *     {"$": ["Float64Array", offset, byteLength]}   a typed array or ArrayBuffer, offset counted behind the header
 *     {"$": ["bigint", "-12"]}    {"$": ["number", "NaN" | "Infinity" | "-Infinity" | "-0"]}
 *     {"$": ["object", {…}]}      a plain object that has a key "$" itself
 *
 * Frames may come from anyone who holds the token, so decoding trusts no number in them.
 */
import { LimitError, UsageError } from '../errors'

const VIEWS = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as const
type ViewName = keyof typeof VIEWS

/** The largest frame that is made or read, in bytes. */
export const MAX_FRAME_BYTES = 256 * 2 ** 20
/** Nesting of a message; the contract needs about 8. */
const MAX_DEPTH = 64
const MAX_BIGINT_DIGITS = 4096
const MARK = '$'
const ODD_NUMBERS: Record<string, number> = { NaN, Infinity, '-Infinity': -Infinity, '-0': -0 }

const align = (n: number): number => Math.ceil(n / 8) * 8

/** Puts a buffer into the frame and answers the mark that stands for it. */
type Place = (name: string, bytes: Uint8Array) => unknown

/**
 * Bytes of a message, in a buffer of their own. Properties that are undefined are dropped, undefined items of arrays
 * become null. Throws UsageError for functions, symbols, Maps and other class instances, and cycles; LimitError
 * beyond MAX_FRAME_BYTES.
 */
export function encodeFrame(message: unknown): Uint8Array<ArrayBuffer> {
  const parts: { bytes: Uint8Array; at: number }[] = []
  let size = 0
  const place: Place = (name, bytes) => {
    const at = size
    parts.push({ bytes, at })
    size = align(size + bytes.byteLength)
    return { [MARK]: [name, at, bytes.byteLength] }
  }
  const header = new TextEncoder().encode(JSON.stringify(toJson(message, place, 0) ?? null))
  const base = align(4 + header.byteLength)
  if (base + size > MAX_FRAME_BYTES)
    throw new LimitError('The size of a message in bytes', base + size, MAX_FRAME_BYTES)
  const frame = new Uint8Array(base + size)
  new DataView(frame.buffer).setUint32(0, header.byteLength, true)
  frame.set(header, 4)
  for (const { bytes, at } of parts) frame.set(bytes, base + at)
  return frame
}

/**
 * The message of a frame; its typed arrays are views on `frame`, which must be 8-byte aligned in its buffer. Throws
 * UsageError for anything that `encodeFrame` would not have written, and for frames above `maxBytes`.
 */
export function decodeFrame(frame: ArrayBuffer, maxBytes = MAX_FRAME_BYTES): unknown {
  if (frame.byteLength > maxBytes) throw malformed(`${frame.byteLength} bytes, ${maxBytes} are allowed`)
  if (frame.byteLength < 4) throw malformed('no header length')
  const headerLength = new DataView(frame).getUint32(0, true)
  if (headerLength > frame.byteLength - 4) throw malformed('the header is longer than the frame')
  const source: Source = { frame, base: align(4 + headerLength), left: frame.byteLength }
  return fromJson(parseHeader(new Uint8Array(frame, 4, headerLength)), source, 0)
}

/** Where buffers lie, and how many of its bytes may still be claimed: two marks for the same bytes cannot add up. */
interface Source {
  frame: ArrayBuffer
  base: number
  left: number
}

function toJson(value: unknown, place: Place, depth: number): unknown {
  if (depth > MAX_DEPTH) throw new UsageError('A message is nested too deeply, or contains itself.')
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return value
    case 'number':
      if (Number.isFinite(value) && !Object.is(value, -0)) return value
      return { [MARK]: ['number', Object.is(value, -0) ? '-0' : String(value)] }
    case 'bigint':
      return { [MARK]: ['bigint', String(value)] }
    case 'object':
      break
    default:
      throw new UsageError(`A message cannot carry a ${typeof value}.`)
  }
  if (value === null) return null
  if (Array.isArray(value)) return arrayToJson(value, place, depth)
  if (value instanceof ArrayBuffer) return place('ArrayBuffer', new Uint8Array(value))
  if (ArrayBuffer.isView(value)) return place(viewName(value), bytesOf(value))
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) {
    throw new UsageError(`A message cannot carry a ${value.constructor.name}.`)
  }
  const object = objectToJson(value, place, depth)
  return Object.hasOwn(object, MARK) ? { [MARK]: ['object', object] } : object
}

/** The same array where JSON can state all of it: most of a message needs no copy. */
function arrayToJson(items: readonly unknown[], place: Place, depth: number): readonly unknown[] {
  let copy: unknown[] | undefined
  for (let i = 0; i < items.length; i++) {
    const json = toJson(items[i], place, depth + 1)
    if (json !== items[i]) (copy ??= items.slice())[i] = json
  }
  return copy ?? items
}

function objectToJson(object: object, place: Place, depth: number): object {
  let copy: Record<string, unknown> | undefined
  for (const [key, item] of Object.entries(object)) {
    const json = toJson(item, place, depth + 1)
    // Without a prototype, "__proto__" is a key like any other.
    if (json !== item)
      (copy ??= Object.assign(Object.create(null) as object, object) as Record<string, unknown>)[key] = json
  }
  return copy ?? object
}

const bytesOf = (view: ArrayBufferView): Uint8Array =>
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength)

/** The class of a view; Node's Buffer is a Uint8Array. */
function viewName(view: ArrayBufferView): ViewName {
  const tag = (view as unknown as Record<symbol, unknown>)[Symbol.toStringTag]
  if (typeof tag !== 'string' || !Object.hasOwn(VIEWS, tag))
    throw new UsageError(`A message cannot carry a ${String(tag)}.`)
  return tag as ViewName
}

function parseHeader(header: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(header)) as unknown
  } catch {
    throw malformed('the header is not JSON in UTF-8')
  }
}

/** Replaces marks by what they stand for, in place: the value is fresh from JSON.parse and nobody else's. */
function fromJson(value: unknown, source: Source, depth: number): unknown {
  if (value === null || typeof value !== 'object') return value
  if (depth > MAX_DEPTH) throw malformed('nested too deeply')
  if (Array.isArray(value)) {
    const items: unknown[] = value
    for (let i = 0; i < items.length; i++) items[i] = fromJson(items[i], source, depth + 1)
    return items
  }
  if (Object.hasOwn(value, MARK)) return unmark((value as Record<string, unknown>)[MARK], source, depth)
  return fieldsFromJson(value, source, depth)
}

function fieldsFromJson(object: object, source: Source, depth: number): object {
  for (const [key, item] of Object.entries(object) as [string, unknown][]) {
    const decoded = fromJson(item, source, depth + 1)
    // Not an assignment, which would take the key "__proto__" for the prototype.
    if (decoded !== item) Object.defineProperty(object, key, { value: decoded })
  }
  return object
}

function unmark(mark: unknown, source: Source, depth: number): unknown {
  if (!Array.isArray(mark)) throw malformed('a mark is not a list')
  const [name, first, second] = mark as unknown[]
  if (name === 'object' && typeof first === 'object' && first !== null && !Array.isArray(first)) {
    return fieldsFromJson(first, source, depth)
  }
  if (name === 'number' && typeof first === 'string' && Object.hasOwn(ODD_NUMBERS, first))
    return ODD_NUMBERS[first]
  if (
    name === 'bigint' &&
    typeof first === 'string' &&
    first.length <= MAX_BIGINT_DIGITS &&
    /^-?\d+$/.test(first)
  ) {
    return BigInt(first)
  }
  if (typeof name === 'string') return view(name, first, second, source)
  throw malformed('a mark that nobody writes')
}

function view(name: string, offset: unknown, length: unknown, source: Source): unknown {
  if (name !== 'ArrayBuffer' && !Object.hasOwn(VIEWS, name)) throw malformed('a mark that nobody writes')
  const { frame, base } = source
  const start = base + (isCount(offset) ? offset : NaN)
  if (!isCount(length) || !(start % 8 === 0 && start + length <= frame.byteLength)) {
    throw malformed('a buffer lies outside the frame')
  }
  source.left -= length
  if (source.left < 0) throw malformed('its buffers overlap')
  if (name === 'ArrayBuffer') return frame.slice(start, start + length)
  const View = VIEWS[name as ViewName]
  if (length % View.BYTES_PER_ELEMENT !== 0) throw malformed(`a ${name} of ${length} bytes`)
  return new View(frame, start, length / View.BYTES_PER_ELEMENT)
}

const isCount = (n: unknown): n is number => Number.isSafeInteger(n) && (n as number) >= 0
const malformed = (why: string): UsageError => new UsageError(`A malformed message was received: ${why}.`)
