import { LimitError, UsageError } from '@shared/errors'

/** Node aborts the whole process on a read of 2^31 bytes, so each read asks for at most this many. */
export const MAX_READ = 2 ** 30

/** The longest value read whole: a chunk may decode to 1 GiB, and codecs may add a little. */
export const MAX_VALUE = 2 ** 30 + 2 ** 24

/** Bytes of a value from `offset` on; a `suffix` counts from the end. */
export type ByteRange = { offset: number; length: number } | { suffix: number }

const isCount = (n: number): boolean => Number.isSafeInteger(n) && n >= 0

/**
 * The part of a value of `size` bytes that a range asks for, cut at the value's end.
 * @throws UsageError for negative or fractional numbers; LimitError for more than one read should hold.
 */
export function resolveRange(
  name: string,
  size: number,
  range: ByteRange | undefined,
): { start: number; length: number } {
  const part = cut(size, range)
  checkLength(name, part.length)
  return part
}

/** @throws LimitError where `length` bytes of `name` are more than one read should hold. */
export function checkLength(name: string, length: number): void {
  if (length > MAX_VALUE) throw new LimitError(`The part of ${name} to be read, in bytes,`, length, MAX_VALUE)
}

function cut(size: number, range: ByteRange | undefined): { start: number; length: number } {
  if (!range) return { start: 0, length: size }
  if ('suffix' in range) {
    if (!isCount(range.suffix)) throw new UsageError(`A byte range cannot end with ${range.suffix} bytes.`)
    const length = Math.min(range.suffix, size)
    return { start: size - length, length }
  }
  if (!isCount(range.offset) || !isCount(range.length))
    throw new UsageError(`A byte range cannot have offset ${range.offset} and length ${range.length}.`)
  const start = Math.min(range.offset, size)
  return { start, length: Math.min(range.length, size - start) }
}
