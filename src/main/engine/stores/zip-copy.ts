import { crc32 } from 'node:zlib'
import { AbortedError, ChunkCorruptError } from '@shared/errors'
import type { ZipArchive } from './zip-archive'
import type { ZipEntry } from './zip-directory'
import { dataOffset, headLength, type RangePlace } from './zip-entry'
import { FLAG } from './zip-format'
import { decodeEntry, isKnownMethod } from './zip-methods'
import type { EntryRecord } from './zip-records'
import type { ZipWriter } from './zip-writer'

/** Bytes of the archive read at once; larger entries go through piece by piece. */
const BLOCK = 8 * 2 ** 20

/** An entry, and where its bytes (header, data, and what a streaming writer put after them) lie. */
interface Span {
  entry: ZipEntry
  start: number
  end: number
}

/**
 * Copies the entries of an archive for which `keep` is true to the end of another, byte for byte, each checked against
 * its CRC-32 on the way; what cannot be decoded (encrypted, unknown methods) is copied unchecked.
 */
export async function copyEntries(
  archive: ZipArchive,
  keep: (name: string) => boolean,
  writer: ZipWriter,
  signal?: AbortSignal,
): Promise<EntryRecord[]> {
  const records: EntryRecord[] = []
  for (const block of blocksOf(archive, keep)) {
    if (signal?.aborted) throw new AbortedError()
    const [{ start }, end] = [block[0]!, block.at(-1)!.end]
    const moved = writer.position - start
    for (const { entry } of block)
      records.push({ ...entry, name: Buffer.from(entry.name, 'utf8'), offset: entry.offset + moved })
    if (end - start > BLOCK) await copyLarge(archive, block[0]!, writer)
    else {
      const bytes = await archive.read(start, end - start)
      for (const span of block) checkSpan(archive, span, bytes.subarray(span.start - start, span.end - start))
      await writer.write(bytes)
    }
  }
  return records
}

/** Reads a whole archive and checks every entry that can be decoded. @throws ChunkCorruptError. */
export async function verifyArchive(archive: ZipArchive): Promise<void> {
  for (const block of blocksOf(archive, () => true)) {
    const [{ start }, end] = [block[0]!, block.at(-1)!.end]
    if (end - start > BLOCK) await copyLarge(archive, block[0]!)
    else {
      const bytes = await archive.read(start, end - start)
      for (const span of block) checkSpan(archive, span, bytes.subarray(span.start - start, span.end - start))
    }
  }
}

/** Runs of entries that lie side by side, each run short enough to be read at once; a large entry is alone. */
function* blocksOf(archive: ZipArchive, keep: (name: string) => boolean): Generator<Span[]> {
  let block: Span[] = []
  for (const span of spansOf(archive, keep)) {
    const first = block[0]
    if (first && (span.start !== block.at(-1)!.end || span.end - first.start > BLOCK)) {
      yield block
      block = []
    }
    block.push(span)
  }
  if (block.length > 0) yield block
}

/** In the order of the file. An entry's bytes end where the next header or the directory begins. */
function* spansOf({ directory }: ZipArchive, keep: (name: string) => boolean): Generator<Span> {
  const entries: ZipEntry[] = []
  for (let number = 0; number < directory.count; number++)
    if (keep(directory.nameOf(number))) entries.push(directory.entry(number))
  entries.sort((a, b) => a.offset - b.offset)
  const offsets = directory.headerOffsets()
  let next = 0
  for (const entry of entries) {
    while (next < offsets.length && offsets[next]! <= entry.offset) next++
    yield { entry, start: entry.offset, end: offsets[next] ?? entry.limit }
  }
}

function checkSpan(archive: ZipArchive, { entry }: Span, bytes: Uint8Array): void {
  if (!canDecode(entry)) return
  const place = placeOf(archive, entry)
  const start = dataOffset(place, bytes) - place.offset
  decodeEntry(place, bytes.subarray(start, start + place.length))
}

/** An entry beyond one block: stored ones in pieces, others whole. */
async function copyLarge(archive: ZipArchive, span: Span, writer?: ZipWriter): Promise<void> {
  const { entry, start, end } = span
  const place = placeOf(archive, entry)
  if (canDecode(entry) && entry.method !== 0) {
    const bytes = await archive.read(start, end - start)
    checkSpan(archive, span, bytes)
    return writer?.write(bytes)
  }
  const data = dataOffset(place, await archive.read(start, Math.min(headLength(place), end - start)))
  let crc = 0
  for (let at = start; at < end;) {
    // Cut where the data begins and ends, so that the checksum sees whole pieces.
    const stop = Math.min(at < data ? data : at < data + entry.length ? data + entry.length : end, at + BLOCK)
    const bytes = await archive.read(at, stop - at)
    if (at >= data && stop <= data + entry.length) crc = crc32(bytes, crc)
    await writer?.write(bytes)
    at = stop
  }
  if (canDecode(entry) && crc !== entry.crc32)
    throw new ChunkCorruptError(`${archive.path}/${entry.name}`, 'its bytes do not match their CRC-32')
}

const canDecode = (entry: ZipEntry): boolean =>
  isKnownMethod(entry.method) && (entry.flags & (FLAG.encrypted | FLAG.masked)) === 0

const placeOf = (archive: ZipArchive, entry: ZipEntry): RangePlace => ({
  kind: 'range',
  path: archive.path,
  offset: entry.offset,
  length: entry.length,
  method: entry.method,
  crc32: entry.crc32,
  size: entry.size,
  entry: { name: entry.name, limit: entry.limit },
})
