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
}

/** Some bytes of a Blosc frame, from those of its blocks that hold them; undefined where the backend decodes whole frames only. */
export function readBlosc({ source, total, offset, length, backend }: PartialRead): Uint8Array | undefined {
  const { bloscBlock } = backend
  if (!bloscBlock) return undefined
  const start = source.read(0, Math.min(FIRST_READ, source.size))
  const header = parseBloscHeader(start, source.size, total)
  if (header.stored) return source.read(BLOSC_HEADER_SIZE + offset, length)
  const data = new Uint8Array(length)
  if (length === 0) return data
  const { starts, ends } = bloscBlockRanges(header, blockTable(header, start, source))
  const last = Math.floor((offset + length - 1) / header.blocksize)
  for (let block = Math.floor(offset / header.blocksize); block <= last; block++) {
    const stored = source.read(starts[block]!, ends[block]! - starts[block]!)
    const decoded = bloscBlock(header, block, stored)
    const at = block * header.blocksize - offset
    const wanted = decoded.subarray(Math.max(0, -at), Math.max(0, length - at))
    data.set(wanted, Math.max(0, at))
  }
  return data
}

/** Offsets of all blocks; what the first read did not reach is read now. */
function blockTable(header: BloscHeader, start: Uint8Array, source: PartialRead['source']): Uint8Array {
  const size = TABLE_ENTRY * header.blocks
  const read = start.subarray(BLOSC_HEADER_SIZE, BLOSC_HEADER_SIZE + size)
  return read.length === size ? read : source.read(BLOSC_HEADER_SIZE, size)
}
