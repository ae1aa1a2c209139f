import { ChunkCorruptError } from '@shared/errors'
import type { Located } from './store'
import { FLAG, LOCAL_HEADER, LOCAL_SIZE, u16, u32, widen } from './zip-format'

/** An entry of an archive, or a plain range of any file where `entry` is absent. */
export type RangePlace = Extract<Located, { kind: 'range' }>

/** Extra bytes that local headers commonly have, so that one read gets header and data. */
const USUAL_EXTRA = 64

/** Bytes to read from a place's offset so that its header is among them; data usually begins before their end. */
export const headLength = (place: RangePlace): number =>
  place.entry ? LOCAL_SIZE + Buffer.byteLength(place.entry.name) + USUAL_EXTRA : 0

/**
 * Offset in the file of the place's data, after a check of the local header against the directory: a reader that
 * trusts only one of the two can be shown other bytes. `head` begins at the place's offset.
 */
export function dataOffset(place: RangePlace, head: Uint8Array): number {
  const { entry } = place
  if (!entry) return place.offset
  const refuse = (why: string): ChunkCorruptError =>
    new ChunkCorruptError(`${place.path}/${entry.name}`, `${why}; the zip archive is damaged`)
  const name = Buffer.from(entry.name, 'utf8')
  const nameEnd = LOCAL_SIZE + name.length
  if (head.length < nameEnd || u32(head, 0) !== LOCAL_HEADER)
    throw refuse('there is no entry where the directory says')
  if (u16(head, 26) !== name.length || !name.equals(head.subarray(LOCAL_SIZE, nameEnd)))
    throw refuse('its local header has another name')
  if (u16(head, 8) !== place.method || u16(head, 6) & FLAG.encrypted)
    throw refuse('its local header states another method')
  const extraEnd = nameEnd + u16(head, 28)
  if (!agrees(place, head, nameEnd, Math.min(extraEnd, head.length)))
    throw refuse('its local header states another size or checksum')
  if (place.offset + extraEnd + place.length > entry.limit)
    throw refuse('it runs into the next part of the archive')
  return place.offset + extraEnd
}

/** Entries written as a stream have zeros here, and the true figures after the data. */
function agrees(place: RangePlace, head: Uint8Array, extra: number, extraEnd: number): boolean {
  const span = widen(head, extra, extraEnd, { size: u32(head, 22), length: u32(head, 18), offset: 0 })
  const crc = u32(head, 14)
  const streamed = (u16(head, 6) & FLAG.descriptor) !== 0
  if (streamed && crc === 0 && (span === undefined || (span.size === 0 && span.length === 0))) return true
  return span?.size === place.size && span.length === place.length && crc === place.crc32
}

/** True if parts of the value can be read without the rest of it. */
export const isPlain = (place: RangePlace): boolean => place.method === 0 && place.length === place.size
