import { parseChunkKeyInto, type KeyEncodingSpec } from '../chunks/keys'
import type { FileBatch } from '../files/scan-directory'

/** What tells the chunks (shards, where sharded) of an array's folder from other names; plain data. */
export interface ChunkNaming {
  encoding: KeyEncodingSpec
  /** Chunks per dimension; names beyond are no chunks. */
  gridShape: readonly number[]
}

/** Writes the coordinates of a chunk inside the grid to `coords` from `at` on; false for every other name. */
export function parseChunkName(
  { encoding, gridShape }: ChunkNaming,
  name: string,
  coords: Float64Array,
  at = 0,
): boolean {
  if (!parseChunkKeyInto(encoding, name, coords, at, gridShape.length)) return false
  for (let k = 0; k < gridShape.length; k++) if (coords[at + k]! >= gridShape[k]!) return false
  return true
}

/** Files of an array's folder, its chunks as numbers: far cheaper to hand to another thread than their names. */
export interface ChunkBatch {
  /** Files that are no chunks, with their sizes where those were asked for. */
  others: FileBatch
  /** Coordinates of the chunks, one after another. */
  coords: Float64Array
  count: number
  /** Sizes of the chunks, and when each was last written; empty where they were not asked for. */
  sizes: Float64Array
  modified: Float64Array
}

/** Sorts the chunks out of a batch of files. */
export function separateChunks({ names, sizes, modified }: FileBatch, naming: ChunkNaming): ChunkBatch {
  const rank = naming.gridShape.length
  const coords = new Float64Array(names.length * rank + rank)
  const chunks = { sizes: new Float64Array(sizes.length), modified: new Float64Array(sizes.length) }
  const others: FileBatch = { names: [], sizes: [], modified: [] }
  let count = 0
  for (let i = 0; i < names.length; i++) {
    const isChunk = parseChunkName(naming, names[i]!, coords, count * rank)
    if (sizes.length > 0) {
      if (isChunk) {
        chunks.sizes[count] = sizes[i]!
        chunks.modified[count] = modified[i]!
      } else {
        others.sizes.push(sizes[i]!)
        others.modified.push(modified[i]!)
      }
    }
    if (isChunk) count++
    else others.names.push(names[i]!)
  }
  const known = sizes.length > 0 ? count : 0
  return {
    others,
    coords: coords.slice(0, count * rank),
    count,
    sizes: chunks.sizes.slice(0, known),
    modified: chunks.modified.slice(0, known),
  }
}
