import { createHash } from 'node:crypto'
import { dataType } from '@shared/dtype/registry'
import { itemSize } from '@shared/dtype/itemsize'
import { stringifyJson } from '@shared/json/stringify'
import type { JsonValue } from '@shared/json/value'
import { parseJson } from '@shared/json/parse'
import type { DataTypeSpec } from '@shared/dtype/spec'

/** A value as the manifests of the corpora write it down; see the README of a corpus. */
export type Expected = null | boolean | number | string | Expected[] | { [name: string]: Expected }

/** What was read: canonical bytes, with offsets where items vary in length. */
export interface Items {
  spec: DataTypeSpec
  data: Uint8Array
  offsets?: Uint32Array
}

/** Number of items and the bytes of each. */
export function eachItem({ spec, data, offsets }: Items): Uint8Array[] {
  if (offsets)
    return Array.from({ length: offsets.length - 1 }, (_, i) => data.subarray(offsets[i], offsets[i + 1]))
  const size = itemSize(spec)!
  return Array.from({ length: size === 0 ? 0 : data.length / size }, (_, i) =>
    data.subarray(i * size, (i + 1) * size),
  )
}

/** One item's bytes in the manifest's form, by reading the bytes and not by our own data types. */
export function expectedForm(spec: DataTypeSpec, bytes: Uint8Array): Expected {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  switch (spec.kind) {
    case 'bool':
      return bytes[0] !== 0
    case 'int':
    case 'uint':
      return integer(spec.kind === 'int', spec.bits, view)
    case 'float':
      return float(spec.format, view, 0)
    case 'complex':
      return [float(spec.part, view, 0), float(spec.part, view, bytes.length / 2)]
    case 'datetime':
    case 'timedelta': {
      const ticks = view.getBigInt64(0, true)
      return ticks === -(2n ** 63n) ? 'NaT' : String(ticks)
    }
    case 'bytes':
      return base64(bytes.subarray(0, trimmed(bytes)))
    case 'raw':
    case 'vlen-bytes':
      return base64(bytes)
    case 'text':
      return utf32(view)
    case 'vlen-text':
      return new TextDecoder().decode(bytes.slice())
    case 'struct':
      return Object.fromEntries(fieldsOf(spec, bytes))
    case 'subarray':
    case 'vlen-array':
      return eachItem({ spec: spec.item, data: bytes }).map((item) => expectedForm(spec.item, item))
    case 'object':
      return { json: plain(parseJson(new TextDecoder().decode(bytes.slice())).value) }
  }
}

function fieldsOf(spec: DataTypeSpec & { kind: 'struct' }, bytes: Uint8Array): [string, Expected][] {
  let offset = 0
  return spec.fields.map(({ name, type }) => {
    const size = itemSize(type)!
    const field = bytes.subarray(offset, offset + size)
    offset += size
    return [name, expectedForm(type, field)]
  })
}

function integer(signed: boolean, bits: number, view: DataView): Expected {
  if (bits === 64) return String(signed ? view.getBigInt64(0, true) : view.getBigUint64(0, true))
  if (bits === 32) return signed ? view.getInt32(0, true) : view.getUint32(0, true)
  if (bits === 16) return signed ? view.getInt16(0, true) : view.getUint16(0, true)
  return signed ? view.getInt8(0) : view.getUint8(0)
}

const NATIVE_NAN: Record<number, bigint> = { 2: 0x7e00n, 4: 0x7fc00000n, 8: 0x7ff8000000000000n }

function float(format: string, view: DataView, offset: number): Expected {
  const dtype = dataType({ kind: 'float', format: format as 'float64' })
  const size = dtype.itemsize!
  const value = dtype.read(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), offset) as number
  if (!Number.isNaN(value))
    return Number.isFinite(value)
      ? Object.is(value, -0)
        ? '-0.0'
        : value
      : `${value > 0 ? '' : '-'}Infinity`
  // The manifests tell NaNs apart only where NumPy has the type.
  if (!/^float(16|32|64)$/.test(format)) return 'NaN'
  let bits = 0n
  for (let i = size - 1; i >= 0; i--) bits = (bits << 8n) | BigInt(view.getUint8(offset + i))
  return bits === NATIVE_NAN[size] ? 'NaN' : `NaN(0x${bits.toString(16).padStart(2 * size, '0')})`
}

const base64 = (bytes: Uint8Array): Expected => ({ b64: Buffer.from(bytes).toString('base64') })
const trimmed = (bytes: Uint8Array): number => bytes.reduce((end, byte, i) => (byte === 0 ? end : i + 1), 0)

function utf32(view: DataView): string {
  let text = ''
  for (let i = 0; i < view.byteLength; i += 4) text += String.fromCodePoint(view.getUint32(i, true))
  return text.replace(/\0+$/, '')
}

/** Parsed JSON in the manifest's plain form. */
function plain(value: JsonValue): Expected {
  return JSON.parse(stringifyJson(value)) as Expected
}

/** SHA-256 as the manifest's `sha256_of` says: "c_le", "vlen" or "json". `shape` nests the lists of "json". */
export function digest(items: Items, shape: readonly number[], kind: string): string {
  const hash = createHash('sha256')
  if (kind === 'c_le') hash.update(items.data.slice())
  else if (kind === 'vlen') {
    for (const item of eachItem(items)) {
      // An object array of texts alone is written down as texts, whatever codec wrote it.
      const bytes = items.spec.kind === 'object' ? Buffer.from(jsonItem(item) as string) : item.slice()
      const length = Buffer.alloc(4)
      length.writeUInt32LE(bytes.length)
      hash.update(length).update(bytes)
    }
  } else hash.update(stringifyJson(nest(eachItem(items).map(jsonItem), shape), { sortKeys: true }))
  return hash.digest('hex')
}

const jsonItem = (bytes: Uint8Array): JsonValue => parseJson(new TextDecoder().decode(bytes.slice())).value

function nest(items: JsonValue[], shape: readonly number[]): JsonValue {
  const [first, ...rest] = shape
  if (first === undefined) return items[0] ?? null
  const size = rest.reduce((n, length) => n * length, 1)
  return Array.from({ length: first }, (_, i) => nest(items.slice(i * size, (i + 1) * size), rest))
}
