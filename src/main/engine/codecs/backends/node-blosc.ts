import { BLOSC_HEADER_SIZE } from '../wasm/blosc-header'
import { codecModule } from '../wasm/codec-module'
import type { EncodeParams } from '../wasm/codec-params'
import { encodeZstd } from './node-zlib'

type BloscParams = Extract<EncodeParams, { codec: 'blosc' }>

const VERSIONS = [2, 1] as const
const SHUFFLED = 0x01
const NOT_SPLIT = 0x10
const ZSTD = 4 << 5
/** What c-blosc 1.21 chooses for zstd, by level. */
const BLOCK_SIZES = [16, 32, 64, 128, 256, 256, 512, 512, 512, 1024].map((kib) => kib * 1024)
const MIN_BLOCK = 128
const MAX_ZSTD_LEVEL = 22
/** Frames up to this size share their memory. */
const MAX_KEPT = 2 ** 26

/**
 * A Blosc 1 frame with Zstandard inside (c-blosc's README_CHUNK_FORMAT), as c-blosc makes it: its shuffle by the codec
 * module, its blocks by Node's own Zstandard, which is compiled for this processor and half as fast again. Undefined
 * where this Node has none, and for what is better left to the module: bit shuffle, and data that do not compress. The
 * frame lies in memory that the next one reuses.
 */
export function encodeBloscZstd(params: BloscParams, input: Uint8Array): Uint8Array | undefined {
  const { clevel, shuffle, typesize } = params
  if (params.cname !== 'zstd' || clevel < 1 || clevel > 9 || shuffle === 2) return undefined
  const blocksize = blockSize(params, input.length)
  const blocks = Math.ceil(input.length / blocksize)
  const frame = frameMemory(input)
  const view = new DataView(frame.buffer)
  let at = BLOSC_HEADER_SIZE + 4 * blocks
  for (let block = 0; block < blocks; block++) {
    const raw = input.subarray(block * blocksize, (block + 1) * blocksize)
    const shuffled = shuffle === 1 && typesize > 1 ? codecModule().shuffle(raw, typesize) : raw
    const encoded = encodeZstd(shuffled, clevel < 9 ? 2 * clevel - 1 : MAX_ZSTD_LEVEL, false)
    if (!encoded) return undefined
    // A block that does not get smaller is kept as it is, which its length tells.
    const stored = encoded.length < raw.length ? encoded : shuffled
    if (at + 4 + stored.length > frame.length) return undefined
    view.setUint32(BLOSC_HEADER_SIZE + 4 * block, at, true)
    view.setUint32(at, stored.length, true)
    frame.set(stored, at + 4)
    at += 4 + stored.length
  }
  frame.set([...VERSIONS, (shuffle === 1 ? SHUFFLED : 0) | NOT_SPLIT | ZSTD, typesize])
  view.setUint32(4, input.length, true)
  view.setUint32(8, blocksize, true)
  view.setUint32(12, at, true)
  return frame.subarray(0, at)
}

let kept = new Uint8Array()

/** Memory for one frame at a time: new memory for every chunk would cost page faults. Large frames get their own. */
function frameMemory(input: Uint8Array): Uint8Array {
  const size = input.length + BLOSC_HEADER_SIZE
  if (size > MAX_KEPT || holdsBloscFrame(input)) return new Uint8Array(size)
  // Never all of it is handed out, so that nobody takes it for bytes of their own.
  if (kept.length <= size) kept = new Uint8Array(size + 1)
  return kept.subarray(0, size)
}

/** Whether these bytes lie where the next frame may be made. */
export const holdsBloscFrame = (bytes: Uint8Array): boolean => bytes.buffer === kept.buffer

function blockSize({ clevel, typesize, blocksize = 0 }: BloscParams, length: number): number {
  const wanted = blocksize > 0 ? Math.max(MIN_BLOCK, blocksize) : BLOCK_SIZES[clevel]!
  const size = Math.min(wanted, length)
  return size > typesize ? size - (size % typesize) : size
}
