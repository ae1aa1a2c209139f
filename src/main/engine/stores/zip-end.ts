import { IoError, LimitError } from '@shared/errors'
import {
  END64_LOCATOR,
  END64_RECORD,
  END64_SIZE,
  END_SIGNATURE,
  END_SIZE,
  FULL16,
  FULL32,
  LOCATOR_SIZE,
  u16,
  u32,
  u64,
} from './zip-format'

export const MAX_ENTRIES = 2_000_000
const MAX_DIRECTORY = 256 * 2 ** 20

/** Where the central directory of an archive lies. */
export interface DirectorySpan {
  offset: number
  length: number
  entries: number
}

export type ReadAt = (offset: number, length: number) => Promise<Uint8Array>

export const damaged = (path: string, why: string): IoError =>
  new IoError(path, 'EBADMSG', `the zip archive is damaged: ${why}.`)

/** The end record, the longest comment, and the locator before it. */
const TAIL = END_SIZE + 0xffff + LOCATOR_SIZE

/**
 * Finds the central directory of the archive at `path` by its end record (and that of ZIP64), which must reach
 * exactly to the end of the file. Anything that could be read in two ways is refused.
 */
export async function findDirectory(path: string, size: number, read: ReadAt): Promise<DirectorySpan> {
  const start = Math.max(0, size - TAIL)
  const tail = await read(start, size - start)
  const at = endRecord(path, tail)
  const span = {
    entries: u16(tail, at + 10),
    length: u32(tail, at + 12),
    offset: u32(tail, at + 16),
  }
  if (u16(tail, at + 4) !== 0 && u16(tail, at + 4) !== FULL16)
    throw damaged(path, 'it is one part of several; join them first')
  const wide = await wideSpan(path, tail, at, start, span, read)
  const found = wide?.span ?? span
  const limit = wide?.at ?? start + at
  if (found.entries > MAX_ENTRIES)
    throw new LimitError(`The number of entries in ${path}`, found.entries, MAX_ENTRIES)
  if (found.length > MAX_DIRECTORY)
    throw new LimitError(`The directory of ${path}, in bytes,`, found.length, MAX_DIRECTORY)
  if (found.offset + found.length !== limit)
    throw damaged(path, 'its directory is not where its end record says')
  return found
}

function endRecord(path: string, tail: Uint8Array): number {
  const bytes = Buffer.from(tail.buffer, tail.byteOffset, tail.length)
  let found = -1
  for (let at = bytes.indexOf(END_SIGNATURE); at >= 0; at = bytes.indexOf(END_SIGNATURE, at + 1)) {
    if (at + END_SIZE > tail.length || at + END_SIZE + u16(tail, at + 20) !== tail.length) continue
    if (found >= 0) throw damaged(path, 'it has two end records')
    found = at
  }
  if (found < 0)
    throw damaged(
      path,
      'it has no end record, so it was cut short or never finished; its entries may still be salvaged',
    )
  return found
}

/** The span of the ZIP64 end record where the plain one refers to it, and where that record lies. */
async function wideSpan(
  path: string,
  tail: Uint8Array,
  at: number,
  start: number,
  span: DirectorySpan,
  read: ReadAt,
): Promise<{ span: DirectorySpan; at: number } | undefined> {
  const needed = span.entries === FULL16 || span.length === FULL32 || span.offset === FULL32
  const locator = at - LOCATOR_SIZE
  if (locator < 0 || u32(tail, locator) !== END64_LOCATOR) {
    // 65,535 entries exactly need no ZIP64.
    if (span.length === FULL32 || span.offset === FULL32)
      throw damaged(path, 'its ZIP64 end record is missing')
    return undefined
  }
  const where = u64(tail, locator + 8)
  if (where + END64_SIZE > start + locator)
    throw damaged(path, 'its ZIP64 end record is not where it should be')
  const record = await read(where, END64_SIZE)
  if (u32(record, 0) !== END64_RECORD || where + 12 + u64(record, 4) !== start + locator)
    throw damaged(path, 'its ZIP64 end record is not where it should be')
  const wide = { entries: u64(record, 32), length: u64(record, 40), offset: u64(record, 48) }
  const agree = (plain: number, full: number, value: number): boolean => plain === full || plain === value
  if (
    !agree(span.entries, FULL16, wide.entries) ||
    !agree(span.length, FULL32, wide.length) ||
    !agree(span.offset, FULL32, wide.offset)
  )
    throw damaged(path, 'its two end records contradict each other')
  return needed ? { span: wide, at: where } : { span, at: where }
}
