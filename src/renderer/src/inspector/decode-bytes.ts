/** One value's bytes read as every type they could be, as hex editors show it. */
import { dataType } from '@shared/dtype/registry'
import type { DataTypeSpec, FloatFormat } from '@shared/dtype/spec'

export interface DecodedBytes {
  name: string
  text: string
}

const integer = (kind: 'int' | 'uint', bits: 8 | 16 | 32 | 64): DataTypeSpec => ({ kind, bits })
const float = (format: FloatFormat): DataTypeSpec => ({ kind: 'float', format })

const TYPES: DataTypeSpec[] = [
  ...([8, 16, 32, 64] as const).flatMap((bits) => [integer('int', bits), integer('uint', bits)]),
  ...(['float16', 'bfloat16', 'float32', 'float64'] as const).map(float),
  { kind: 'datetime', unit: 's', scale: 1 },
]

/** The first bytes as every type of at most so many bytes; `big` reads them in the other order. */
export function decodeBytes(bytes: Uint8Array, big: boolean): DecodedBytes[] {
  const decoded = TYPES.flatMap((spec): DecodedBytes[] => {
    const type = dataType(spec)
    const size = type.itemsize ?? 0
    if (bytes.length < size) return []
    const own = bytes.slice(0, size)
    if (big) own.reverse()
    return [{ name: type.name, text: type.format(type.read(own, 0)) }]
  })
  return [...decoded, { name: 'bits', text: bits(bytes, big) }, { name: 'text', text: text(bytes) }]
}

/** The first eight bytes, most significant bit first. */
function bits(bytes: Uint8Array, big: boolean): string {
  const own = [...bytes.subarray(0, 8)]
  if (!big) own.reverse()
  return own.map((byte) => byte.toString(2).padStart(8, '0')).join(' ')
}

/** UTF-8, with points for what cannot be printed. */
const text = (bytes: Uint8Array): string =>
  new TextDecoder().decode(bytes.subarray(0, 64)).replace(/[^\p{L}\p{N}\p{P}\p{S} ]|\ufffd/gu, '·')
