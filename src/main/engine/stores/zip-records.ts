import {
  CENTRAL_HEADER,
  CENTRAL_SIZE,
  END64_LOCATOR,
  END64_RECORD,
  END64_SIZE,
  END_RECORD,
  END_SIZE,
  FULL16,
  FULL32,
  LOCAL_HEADER,
  LOCAL_SIZE,
  LOCATOR_SIZE,
} from './zip-format'

/** What both headers of an entry say about it. */
export interface EntryRecord {
  name: Uint8Array
  flags: number
  method: number
  /** MS-DOS time and date, as one number. */
  modified: number
  crc32: number
  /** Stored bytes. */
  length: number
  /** Bytes after decoding. */
  size: number
  /** Unix mode in the high half. */
  external: number
  offset: number
}

/** Version needed to extract: folders and stored entries 2.0, ZIP64 4.5, bzip2 4.6, LZMA 6.3. */
const versionFor = (record: EntryRecord, wide: boolean): number =>
  record.method === 14 ? 63 : record.method === 12 ? 46 : wide ? 45 : 20

const MADE_BY_UNIX = 3 << 8

export function localHeader(record: EntryRecord): Uint8Array {
  const wide = record.size >= FULL32 || record.length >= FULL32
  const extra = wide ? 20 : 0
  const bytes = new Uint8Array(LOCAL_SIZE + record.name.length + extra)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, LOCAL_HEADER, true)
  common(view, 4, record, wide)
  view.setUint32(14, record.crc32, true)
  view.setUint32(18, wide ? FULL32 : record.length, true)
  view.setUint32(22, wide ? FULL32 : record.size, true)
  view.setUint16(26, record.name.length, true)
  view.setUint16(28, extra, true)
  bytes.set(record.name, LOCAL_SIZE)
  if (wide) wideField(view, LOCAL_SIZE + record.name.length, [record.size, record.length])
  return bytes
}

export function centralHeader(record: EntryRecord): Uint8Array {
  const wide = [record.size, record.length, record.offset].filter((value) => value >= FULL32)
  const extra = wide.length > 0 ? 4 + 8 * wide.length : 0
  const bytes = new Uint8Array(CENTRAL_SIZE + record.name.length + extra)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, CENTRAL_HEADER, true)
  view.setUint16(4, MADE_BY_UNIX | versionFor(record, extra > 0), true)
  common(view, 6, record, extra > 0)
  view.setUint32(16, record.crc32, true)
  view.setUint32(20, Math.min(record.length, FULL32), true)
  view.setUint32(24, Math.min(record.size, FULL32), true)
  view.setUint16(28, record.name.length, true)
  view.setUint16(30, extra, true)
  view.setUint32(38, record.external, true)
  view.setUint32(42, Math.min(record.offset, FULL32), true)
  bytes.set(record.name, CENTRAL_SIZE)
  if (extra > 0) wideField(view, CENTRAL_SIZE + record.name.length, wide)
  return bytes
}

/** The end record, preceded by those of ZIP64 where a figure needs them. */
export function endRecords(entries: number, offset: number, length: number): Uint8Array {
  const wide = entries >= FULL16 || offset >= FULL32 || length >= FULL32
  const start = wide ? END64_SIZE + LOCATOR_SIZE : 0
  const bytes = new Uint8Array(start + END_SIZE)
  const view = new DataView(bytes.buffer)
  if (wide) {
    view.setUint32(0, END64_RECORD, true)
    view.setBigUint64(4, BigInt(END64_SIZE - 12), true)
    view.setUint16(12, MADE_BY_UNIX | 45, true)
    view.setUint16(14, 45, true)
    view.setBigUint64(24, BigInt(entries), true)
    view.setBigUint64(32, BigInt(entries), true)
    view.setBigUint64(40, BigInt(length), true)
    view.setBigUint64(48, BigInt(offset), true)
    view.setUint32(END64_SIZE, END64_LOCATOR, true)
    view.setBigUint64(END64_SIZE + 8, BigInt(offset + length), true)
    view.setUint32(END64_SIZE + 16, 1, true)
  }
  view.setUint32(start, END_RECORD, true)
  view.setUint16(start + 8, Math.min(entries, FULL16), true)
  view.setUint16(start + 10, Math.min(entries, FULL16), true)
  view.setUint32(start + 12, Math.min(length, FULL32), true)
  view.setUint32(start + 16, Math.min(offset, FULL32), true)
  return bytes
}

/** A moment as MS-DOS keeps it: local time, two seconds exact, from 1980 to 2107. */
export function dosTime(date: Date): number {
  const year = Math.min(Math.max(date.getFullYear(), 1980), 2107) - 1980
  const day = (year << 9) | ((date.getMonth() + 1) << 5) | date.getDate()
  const time = (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1)
  return ((day << 16) | time) >>> 0
}

/** Version, flags, method and time, which both headers have in this order. */
function common(view: DataView, at: number, record: EntryRecord, wide: boolean): void {
  view.setUint16(at, versionFor(record, wide), true)
  view.setUint16(at + 2, record.flags, true)
  view.setUint16(at + 4, record.method, true)
  view.setUint32(at + 6, record.modified, true)
}

function wideField(view: DataView, at: number, values: readonly number[]): void {
  view.setUint16(at, 1, true)
  view.setUint16(at + 2, 8 * values.length, true)
  values.forEach((value, i) => view.setBigUint64(at + 4 + 8 * i, BigInt(value), true))
}
