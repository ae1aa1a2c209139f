import { itemSize } from '@shared/dtype/itemsize'
import { chunkShape } from '../../chunks/grid'
import type { ZarrArray } from '../array'

/** Bytes that codecs of a fixed effect on the size add. */
const ADDED: Record<string, number> = {
  transpose: 0,
  bytes: 0,
  'numcodecs.shuffle': 0,
  crc32c: 4,
  'numcodecs.crc32': 4,
  'numcodecs.crc32c': 4,
  'numcodecs.adler32': 4,
  'numcodecs.fletcher32': 4,
}

/** Stored bytes that a chunk must have; undefined where its codecs make that depend on what it holds. */
export function plainChunkBytes(
  { metadata, grid }: ZarrArray,
  coords: readonly number[],
): number | undefined {
  const { dtype, codecs, problem } = metadata
  const size = dtype === null || problem ? null : itemSize(dtype)
  if (size === null) return undefined
  let added = 0
  for (const { name } of codecs) {
    const more = Object.hasOwn(ADDED, name) ? ADDED[name] : undefined
    if (more === undefined) return undefined
    added += more
  }
  return chunkShape(grid, coords).reduce((n, length) => n * length, size) + added
}
