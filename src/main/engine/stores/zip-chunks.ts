import { AbortedError } from '@shared/errors'
import { parseChunkBytesInto } from '../chunks/keys'
import { hasOwnName } from '../files/own-names'
import { separateChunks, type ChunkBatch, type ChunkNaming } from './chunk-naming'
import { pacer } from './pacer'
import type { ZipDirectory } from './zip-directory'

/** Entries looked at for one batch. */
const BATCH = 8192

/**
 * The files below a prefix of an archive, in batches, the chunks of the array there told from others by the bytes of
 * their names: no string is made for a chunk. An archive's times are not told (NaN).
 */
export async function* zipChunks(
  directory: ZipDirectory,
  prefix: string,
  naming: ChunkNaming,
  signal: AbortSignal | undefined,
): AsyncGenerator<ChunkBatch> {
  const pause = pacer()
  for (let from = 0; from < directory.count; from += BATCH) {
    if (signal?.aborted) throw new AbortedError()
    yield batchOf(directory, from, Math.min(directory.count, from + BATCH), prefix, naming)
    await pause()
  }
}

/** The same of keys with their sizes, as `scan` gives them. */
export async function* chunksAmong(
  batches: AsyncIterable<{ key: string; size: number }[]>,
  prefix: string,
  naming: ChunkNaming,
): AsyncGenerator<ChunkBatch> {
  const skip = prefix === '' ? 0 : prefix.length + 1
  for await (const batch of batches) {
    const names = batch.map(({ key }) => key.slice(skip))
    const sizes = batch.map(({ size }) => size)
    yield separateChunks({ names, sizes, modified: sizes.map(() => NaN) }, naming)
  }
}

/** Entries `from` to `to` (not included), those elsewhere left out. */
function batchOf(
  directory: ZipDirectory,
  from: number,
  to: number,
  prefix: string,
  { encoding, gridShape }: ChunkNaming,
): ChunkBatch {
  const { bytes } = directory
  const below = Buffer.from(prefix === '' ? '' : `${prefix}/`)
  const rank = gridShape.length
  const coords = new Float64Array((to - from) * rank)
  const sizes = new Float64Array(to - from)
  const others: ChunkBatch['others'] = { names: [], sizes: [], modified: [] }
  let count = 0
  for (let number = from; number < to; number++) {
    const start = directory.nameStart(number)
    const end = start + directory.nameLength(number)
    if (end - start <= below.length || !matches(bytes, start, below)) continue
    const at = count * rank
    if (
      parseChunkBytesInto(encoding, bytes, start + below.length, end, coords, at, rank) &&
      isInside(coords, at, gridShape)
    )
      sizes[count++] = directory.sizeOf(number)
    else {
      const name = directory.nameOf(number)
      if (hasOwnName(name)) continue
      others.names.push(name.slice(prefix === '' ? 0 : prefix.length + 1))
      others.sizes.push(directory.sizeOf(number))
      others.modified.push(NaN)
    }
  }
  const modified = new Float64Array(count).fill(NaN)
  return {
    others,
    coords: coords.subarray(0, count * rank),
    count,
    sizes: sizes.subarray(0, count),
    modified,
  }
}

function matches(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[at + i] !== wanted[i]) return false
  return true
}

function isInside(coords: Float64Array, at: number, gridShape: readonly number[]): boolean {
  for (let k = 0; k < gridShape.length; k++) if (coords[at + k]! >= gridShape[k]!) return false
  return true
}
