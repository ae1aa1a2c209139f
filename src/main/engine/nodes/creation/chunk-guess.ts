import { UsageError } from '@shared/errors'

/** What people say about chunks: one length for all dimensions, a length or null (whole dimension) each, or nothing. */
export type ChunksInput = number | readonly (number | null)[] | 'auto'

/** Bytes of a guessed chunk: large enough to be fast, small enough that a window of the array stays cheap. */
const TARGET_BYTES = 2 ** 20
const LARGEST_BYTES = 64 * 2 ** 20

/**
 * The chunk shape for what was asked. A short list is completed with whole dimensions, null and -1 are the whole
 * dimension, "auto" guesses. Throws UsageError for lengths below 1 and lists that are too long.
 */
export function resolveChunks(
  chunks: ChunksInput | undefined,
  shape: readonly number[],
  itemBytes: number,
): number[] {
  if (chunks === undefined || chunks === 'auto') return guessChunks(shape, itemBytes)
  const list = typeof chunks === 'number' ? shape.map(() => chunks) : chunks
  if (list.length > shape.length)
    throw new UsageError(`${list.length} chunk lengths do not fit an array of ${shape.length} dimensions.`)
  return shape.map((length, k) => {
    const asked = list[k] ?? null
    if (asked === null || asked === -1) return Math.max(1, length)
    if (!Number.isSafeInteger(asked) || asked < 1)
      throw new UsageError(
        `The chunk length of dimension ${k} must be a whole number from 1 up, not ${asked}.`,
      )
    return asked
  })
}

/**
 * Chunks of about 1 MiB, growing slowly with the array up to 64 MiB so that a large array does not end as millions of
 * files: the longest dimensions are halved until the chunk fits.
 */
export function guessChunks(shape: readonly number[], itemBytes: number): number[] {
  const chunks = shape.map((length) => Math.max(1, length))
  const total = chunks.reduce((n, length) => n * length, Math.max(1, itemBytes))
  const target = Math.min(LARGEST_BYTES, TARGET_BYTES * Math.max(1, 2 ** Math.log10(total / TARGET_BYTES)))
  for (;;) {
    const bytes = chunks.reduce((n, length) => n * length, Math.max(1, itemBytes))
    if (bytes <= target) return chunks
    const longest = chunks.indexOf(Math.max(...chunks))
    if (chunks[longest] === 1) return chunks
    chunks[longest] = Math.ceil(chunks[longest]! / 2)
  }
}
