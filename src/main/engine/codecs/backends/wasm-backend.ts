import type { CodecBackend } from '../codec-backend'
import { codecModule } from '../wasm/codec-module'

/** The codec module of this thread; knows every codec. */
export const wasmBackend: CodecBackend = {
  name: 'wasm',
  decode: (params, input, size) => codecModule().decode(params, input, size),
  encode: (params, input) => codecModule().encode(params, input).slice(),
  encodeInPlace: (params, input) => codecModule().encode(params, input),
  isTransient: (bytes) => codecModule().holds(bytes),
  bloscBlock: (header, block, bytes) => codecModule().bloscBlock(header, block, bytes),
  crc32c: (input) => codecModule().crc32c(input),
  shuffle: (input, itemsize) => codecModule().shuffle(input, itemsize),
  unshuffle: (input, itemsize) => codecModule().unshuffle(input, itemsize),
}
