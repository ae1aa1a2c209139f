import type { CodecDefinition } from './codec'
import { decodedSize } from './compressor'
import { corrupt } from './corrupt'

const HEADER_SIZE = 4

/** One LZ4 block behind its decoded size (32 bits, little-endian), as numcodecs writes it; not the LZ4 frame format. */
export const lz4: CodecDefinition = {
  name: 'numcodecs.lz4',
  about: 'LZ4 block behind its decoded size',
  selfDescribing: true,
  bindBytesToBytes(configuration, input, { backend }) {
    const acceleration = configuration.integer('acceleration', {
      min: -(2 ** 31),
      max: 2 ** 31 - 1,
      fallback: 1,
    })
    const size = decodedSize(input)
    return {
      output: { size: undefined },
      encode(bytes) {
        // Memory of the codec module that grows takes its views along.
        const { length } = bytes
        const block = backend.encode({ codec: 'lz4', acceleration }, bytes)
        const result = new Uint8Array(HEADER_SIZE + block.length)
        new DataView(result.buffer).setUint32(0, length, true)
        result.set(block, HEADER_SIZE)
        return result
      },
      decode(bytes) {
        if (bytes.length < HEADER_SIZE) throw corrupt('the LZ4 data ends inside its header')
        const stated = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
        if ('exact' in size ? stated !== size.exact : stated > size.max) {
          throw corrupt(`the LZ4 data states ${stated} bytes where ${describe(size)} are expected`)
        }
        return backend.decode({ codec: 'lz4' }, bytes.subarray(HEADER_SIZE), { exact: stated })
      },
    }
  },
}

const describe = (size: { exact: number } | { max: number }): string =>
  'exact' in size ? String(size.exact) : `at most ${size.max}`
