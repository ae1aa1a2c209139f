import { packed } from './bytes'
import type { ChunkSpec, CodecDefinition } from './codec'
import { corrupt } from './corrupt'
import { canonical, product } from './layout'

/**
 * Eight booleans to the byte, highest bit first, behind a byte with the number of unused bits at the end. This is
 * NumPy's order; the "packbits" of format 3 has the opposite one.
 */
export const numcodecsPackbits: CodecDefinition = {
  name: 'numcodecs.packbits',
  about: 'booleans, eight to the byte',
  bindArrayToArray(configuration, input) {
    if (input.dtype.kind !== 'bool') configuration.fail('', 'packs booleans only')
    const items = product(input.shape)
    const output: ChunkSpec = { dtype: { kind: 'uint', bits: 8 }, shape: [packedSize(items)], fill: null }
    return {
      output,
      encode: (chunk) => packed(output, pack(canonical(chunk).data)),
      decode: (chunk) => packed(input, unpack(canonical(chunk).data, items)),
    }
  },
  bindBytesToBytes(_, input) {
    const size = input.size === undefined ? undefined : packedSize(input.size)
    return {
      output: { size, item: { dtype: { kind: 'uint', bits: 8 }, bigEndian: false } },
      encode: pack,
      decode: (stored) => unpack(stored, input.size),
    }
  },
}

const packedSize = (items: number): number => 1 + Math.ceil(items / 8)

function pack(data: Uint8Array): Uint8Array {
  const stored = new Uint8Array(packedSize(data.length))
  stored[0] = (stored.length - 1) * 8 - data.length
  for (let i = 0; i < data.length; i++) {
    if (data[i] !== 0) stored[1 + (i >> 3)]! |= 0x80 >> (i & 7)
  }
  return stored
}

function unpack(stored: Uint8Array, expected: number | undefined): Uint8Array {
  const unused = stored[0] ?? 8
  const items = (stored.length - 1) * 8 - unused
  if (unused > 7 || items < 0) throw corrupt(`its first byte states ${unused} unused bits`)
  if (expected !== undefined && items !== expected)
    throw corrupt(`it holds ${items} bits where ${expected} are expected`)
  const data = new Uint8Array(items)
  for (let i = 0; i < items; i++) data[i] = (stored[1 + (i >> 3)]! >> (7 - (i & 7))) & 1
  return data
}
