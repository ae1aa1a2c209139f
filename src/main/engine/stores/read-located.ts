import { ChunkCorruptError } from '@shared/errors'
import { checkLength } from '../files/byte-range'
import { archiveVanished, type Confinement } from '../files/confinement'
import { openSource, readFileSyncSafe, type FileSource } from '../files/safe-open-sync'
import type { Located } from './store'
import { dataOffset, headLength, isPlain, type RangePlace } from './zip-entry'
import { decodeEntry } from './zip-methods'

/** Stored bytes to read parts of, on a worker thread. */
export type LocatedSource = Omit<FileSource, 'stamp'> & { readonly stamp?: string }

/** The value of a located key, on a worker thread; undefined where it is missing. Zip checksums are checked. */
export function readLocated(located: Located): Uint8Array | undefined {
  switch (located.kind) {
    case 'file':
      return readFileSyncSafe(located.path, confinementOf(located))
    case 'range':
      return withArchive(located, (archive) => readRange(located, archive))
    case 'bytes':
      return located.bytes
    case 'missing':
      return undefined
  }
}

/**
 * The same to read parts of; close it after use. Compressed zip entries are read and decoded as a whole; parts of
 * stored ones are not checked, their checksum being of the whole.
 */
export function openLocated(located: Located): LocatedSource | undefined {
  switch (located.kind) {
    case 'file':
      return openSource(located.path, confinementOf(located))
    case 'range':
      return openRange(located)
    case 'bytes':
      return bytesSource(located.bytes)
    case 'missing':
      return undefined
  }
}

const confinementOf = (located: Extract<Located, { kind: 'file' }>): Confinement | undefined =>
  located.root === undefined ? undefined : { root: located.root, followLinks: located.followLinks ?? false }

function openRange(place: RangePlace): LocatedSource {
  if (!isPlain(place)) return bytesSource(withArchive(place, (archive) => readRange(place, archive)))
  const archive = openArchive(place)
  try {
    const start = dataOffset(place, readHead(place, archive, headLength(place)))
    return { ...window(archive, start, place), close: () => archive.close() }
  } catch (thrown) {
    archive.close()
    throw thrown
  }
}

function readRange(place: RangePlace, archive: FileSource): Uint8Array {
  checkLength(place.path, place.length)
  const head = readHead(place, archive, headLength(place) + place.length)
  const start = dataOffset(place, head) - place.offset
  const all = start + place.length <= head.length
  return decodeEntry(
    place,
    all ? head.subarray(start, start + place.length) : archive.read(place.offset + start, place.length),
  )
}

const readHead = (place: RangePlace, archive: FileSource, length: number): Uint8Array =>
  archive.read(place.offset, Math.max(0, Math.min(length, archive.size - place.offset)))

/** The bytes of a stored entry that lie from `start` on; read as a whole they are checked. */
function window(
  archive: FileSource,
  start: number,
  place: RangePlace,
): Pick<LocatedSource, 'size' | 'read' | 'readInto'> {
  const check = (offset: number, length: number): void => {
    if (offset < 0 || offset + length > place.size)
      throw new ChunkCorruptError(
        place.path,
        `it has ${place.size} bytes, and ${length} from ${offset} on are needed`,
      )
  }
  return {
    size: place.size,
    read(offset, length) {
      check(offset, length)
      const bytes = archive.read(start + offset, length)
      return length === place.size ? decodeEntry(place, bytes) : bytes
    },
    readInto(target, offset) {
      check(offset, target.length)
      archive.readInto(target, start + offset)
      if (target.length === place.size) decodeEntry(place, target)
    },
  }
}

function withArchive<T>(place: RangePlace, use: (archive: FileSource) => T): T {
  const archive = openArchive(place)
  try {
    return use(archive)
  } finally {
    archive.close()
  }
}

function openArchive({ path }: RangePlace): FileSource {
  const archive = openSource(path)
  if (!archive) throw archiveVanished(path)
  return archive
}

function bytesSource(bytes: Uint8Array): LocatedSource {
  const part = (offset: number, length: number): Uint8Array => {
    if (offset < 0 || offset + length > bytes.length)
      throw new ChunkCorruptError(
        '',
        `it has ${bytes.length} bytes, and ${length} from ${offset} on are needed`,
      )
    return bytes.subarray(offset, offset + length)
  }
  return {
    size: bytes.length,
    read: (offset, length) => part(offset, length).slice(),
    readInto: (target, offset) => target.set(part(offset, target.length)),
    close: () => undefined,
  }
}
