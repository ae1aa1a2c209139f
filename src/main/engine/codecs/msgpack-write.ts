import { ValueError } from '@shared/errors'
import { JsonFloat, type JsonValue } from '@shared/json/value'

interface WriteOptions {
  readonly singleFloats: boolean
  readonly newTypes: boolean
}

/** A value as MessagePack in the shortest form of each type, as Python's msgpack writes it. Throws ValueError for integers beyond 64 bits. */
export function writeMsgpack(value: JsonValue, options: WriteOptions): Uint8Array {
  const parts: Uint8Array[] = []
  write(value, parts, options)
  return Buffer.concat(parts)
}

function write(value: JsonValue, parts: Uint8Array[], options: WriteOptions): void {
  if (value === null) parts.push(Uint8Array.of(0xc0))
  else if (typeof value === 'boolean') parts.push(Uint8Array.of(value ? 0xc3 : 0xc2))
  else if (typeof value === 'string') writeText(value, parts, options)
  else if (value instanceof JsonFloat) writeFloat(value.value, parts, options)
  else if (typeof value === 'bigint') parts.push(integerBytes(value))
  else if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) parts.push(integerBytes(BigInt(value)))
    else writeFloat(value, parts, options)
  } else if (Array.isArray(value)) {
    parts.push(head(value.length, 0x90, 15, [0, 0xdc, 0xdd]))
    for (const item of value) write(item, parts, options)
  } else {
    parts.push(head(value.size, 0x80, 15, [0, 0xde, 0xdf]))
    for (const [name, item] of value) {
      writeText(name, parts, options)
      write(item, parts, options)
    }
  }
}

function writeText(text: string, parts: Uint8Array[], { newTypes }: WriteOptions): void {
  const bytes = new TextEncoder().encode(text)
  parts.push(head(bytes.length, 0xa0, 31, [newTypes ? 0xd9 : 0, 0xda, 0xdb]), bytes)
}

/** Type and length: in one byte up to `short`, else behind the type of that many bytes (0: there is none). */
function head(
  length: number,
  type: number,
  short: number,
  [one, two, four]: [number, number, number],
): Uint8Array {
  if (length <= short) return Uint8Array.of(type | length)
  if (length <= 0xff && one !== 0) return Uint8Array.of(one, length)
  if (length <= 0xffff) return Uint8Array.of(two, length >> 8, length & 0xff)
  return withView(5, (view) => {
    view.setUint8(0, four)
    view.setUint32(1, length)
  })
}

function writeFloat(value: number, parts: Uint8Array[], { singleFloats }: WriteOptions): void {
  parts.push(
    withView(singleFloats ? 5 : 9, (view) => {
      view.setUint8(0, singleFloats ? 0xca : 0xcb)
      if (singleFloats) view.setFloat32(1, value)
      else view.setFloat64(1, value)
    }),
  )
}

function integerBytes(value: bigint): Uint8Array {
  if (value >= -32n && value <= 127n) return Uint8Array.of(Number(value) & 0xff)
  const size = [1, 2, 4, 8].findIndex((bytes) =>
    value < 0n ? value >= -(1n << BigInt(8 * bytes - 1)) : value < 1n << BigInt(8 * bytes),
  )
  if (size < 0) throw new ValueError(`${value} does not fit into the 64 bits of MessagePack's integers.`)
  const bytes = 1 << size
  const all = withView(9, (view) => view.setBigInt64(1, value)).subarray(8 - bytes)
  all[0] = (value < 0n ? 0xd0 : 0xcc) + size
  return all
}

function withView(size: number, fill: (view: DataView) => void): Uint8Array {
  const bytes = new Uint8Array(size)
  fill(new DataView(bytes.buffer))
  return bytes
}
