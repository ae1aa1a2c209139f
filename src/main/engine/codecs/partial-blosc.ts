import type { CodecBackend } from './codec-backend'
import type { ByteSource } from './codec-pipeline'
import { BLOSC_HEADER_SIZE, bloscBlockRanges, parseBloscHeader, type BloscHeader } from './wasm/blosc-header'

/** Read at once from the start: header and table of up to 1020 blocks. */
const FIRST_READ = 4096
const TABLE_ENTRY = 4

/** A run of decoded bytes to read from a stored value whose decoded size is `total`. */
export interface PartialRead {
  readonly source: ByteSource
  readonly total: number
  readonly offset: number
  readonly length: number
  readonly backend: CodecBackend
  /** Larger Blosc blocks are not decoded. */
  readonly maxBlock: number
}

/** Decoded bytes from `offset` on; they may lie in memory that the next step reuses. */
export interface Stretch {
  readonly offset: number
  readonly data: Uint8Array
}

/** What is taken at a time of bytes that need no decoding, so that they stay in the processor's cache. */
const PLAIN_STRETCH = 2 ** 18

/** Stretches of a stored value that follow each other; the bytes of the chunk begin at `start`. */
export function* plainStretches({ source, offset, length }: PartialRead, start = 0): Generator<Stretch> {
  for (let done = 0; done < length; done += PLAIN_STRETCH) {
    const at = offset + done
    yield { offset: at, data: source.read(start + at, Math.min(PLAIN_STRETCH, length - done)) }
  }
}

/**
 * Some bytes of a Blosc frame, block by block, from those of its blocks that hold them; undefined where the backend
 * decodes whole frames only, or the blocks are too large.
 */
export function bloscStretches(read: PartialRead): Iterable<Stretch> | undefined {
  const { source, total, backend, maxBlock } = read
  if (!backend.bloscBlock) return undefined
  const start = source.read(0, Math.min(FIRST_READ, source.size))
  const header = parseBloscHeader(start, source.size, total)
  if (header.stored) return plainStretches(read, BLOSC_HEADER_SIZE)
  if (header.blocksize > maxBlock) return undefined
  return blocks(read, header, bloscBlockRanges(header, blockTable(header, start, source)), backend.bloscBlock)
}

function* blocks(
  { source, offset, length }: PartialRead,
  header: BloscHeader,
  { starts, ends }: ReturnType<typeof bloscBlockRanges>,
  decodeBlock: NonNullable<CodecBackend['bloscBlock']>,
): Generator<Stretch> {
  if (length === 0) return
  const last = Math.floor((offset + length - 1) / header.blocksize)
  for (let block = Math.floor(offset / header.blocksize); block <= last; block++) {
    const decoded = decodeBlock(header, block, source.read(starts[block]!, ends[block]! - starts[block]!))
    const at = block * header.blocksize
    const from = Math.max(0, offset - at)
    yield { offset: at + from, data: decoded.subarray(from, offset + length - at) }
  }
}

/** Offsets of all blocks; what the first read did not reach is read now. */
function blockTable(header: BloscHeader, start: Uint8Array, source: PartialRead['source']): Uint8Array {
  const size = TABLE_ENTRY * header.blocks
  const read = start.subarray(BLOSC_HEADER_SIZE, BLOSC_HEADER_SIZE + size)
  return read.length === size ? read : source.read(BLOSC_HEADER_SIZE, size)
}
