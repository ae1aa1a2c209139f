import { damaged } from './zip-end'
import {
  CENTRAL_HEADER,
  CENTRAL_SIZE,
  FULL32,
  LOCAL_SIZE,
  u16,
  u32,
  widen,
  type EntrySpan,
} from './zip-format'
import { checkName, FOLDER, scanName } from './zip-names'

/** Typed arrays over a central directory as it was read: several records may have one name. */
export interface ZipRecords {
  /** Position of the record of each key, in the order of the directory; the first `count` are in use. */
  records: Uint32Array
  /** Hash of the name of each. */
  hashes: Uint32Array
  count: number
}

/** The same with one record a name; see ZipDirectory. */
export interface ZipIndex {
  records: Uint32Array
  count: number
  table: NameTable
}

/**
 * A hash table with open addressing. A slot holds the number of a key + 1 in its low 21 bits and the high bits of the
 * name's hash above them, so that other names are told apart without looking at them; 0 is a free slot.
 */
export type NameTable = Int32Array

const NUMBER = 0x1fffff

/** A record with the longest name, extra field and comment. */
const LONGEST_RECORD = CENTRAL_SIZE + 3 * 0xffff

/** Reads every record of a directory once, as its bytes arrive. */
export class ZipIndexer {
  private readonly path: string
  private readonly b: Uint8Array
  private readonly entries: number
  private readonly end: number
  private readonly records: Uint32Array
  private readonly hashes: Uint32Array
  private number = 0
  private keys = 0
  private at = 0
  private previousEnd = 0
  private ascending = true

  /** `end` is where the directory began in the file: no entry's bytes may lie beyond. */
  constructor(path: string, b: Uint8Array, entries: number, end: number) {
    this.path = path
    this.b = b
    this.entries = entries
    this.end = end
    this.records = new Uint32Array(entries)
    this.hashes = new Uint32Array(entries)
  }

  /** Reads on as far as whole records are sure to lie in the first `have` bytes. */
  advance(have: number): void {
    const { path, b, entries, end, records, hashes } = this
    const view = new DataView(b.buffer, b.byteOffset, b.byteLength)
    const stop = have < b.length ? have - LONGEST_RECORD : b.length
    let { number, keys, at, previousEnd, ascending } = this
    for (; number < entries && at <= stop; number++) {
      if (at + CENTRAL_SIZE > b.length || view.getUint32(at, true) !== CENTRAL_HEADER)
        throw cutShort(path, number, entries)
      const name = at + CENTRAL_SIZE
      const lengths = view.getUint32(at + 28, true)
      const nameEnd = name + (lengths & 0xffff)
      const next = nameEnd + (lengths >>> 16) + view.getUint16(at + 32, true)
      if (next > b.length) throw cutShort(path, number, entries)
      const judged = scanName(b, name, nameEnd, hashes, keys)
      if (judged > FOLDER) checkName(path, b.subarray(name, nameEnd), judged)
      let offset = view.getUint32(at + 42, true)
      let length = view.getUint32(at + 20, true)
      if (offset === FULL32 || length === FULL32 || view.getUint32(at + 24, true) === FULL32)
        ({ offset, length } = recordSpan(path, b, at))
      if (offset < previousEnd) ascending = false
      previousEnd = offset + LOCAL_SIZE + nameEnd - name + length
      if (previousEnd > end) throw damaged(path, 'an entry lies beyond the end of its data')
      if (!(judged & FOLDER)) records[keys++] = at
      at = next
    }
    Object.assign(this, { number, keys, at, previousEnd, ascending })
  }

  /** Once all bytes are there. */
  finish(): ZipRecords {
    const { path, b, entries, records, hashes } = this
    this.advance(b.length)
    if (this.at !== b.length)
      throw damaged(path, `its directory holds more than the ${entries} entries it states`)
    if (!this.ascending) checkOverlap(path, b, entries)
    return { records, hashes, count: this.keys }
  }
}

/** Bytes of the record at `at`, with its name, extra field and comment. */
export const recordLength = (b: Uint8Array, at: number): number =>
  CENTRAL_SIZE + u16(b, at + 28) + u16(b, at + 30) + u16(b, at + 32)

/** Sizes and offset of the record at `at`, ZIP64 fields included. */
export function recordSpan(path: string, b: Uint8Array, at: number): EntrySpan {
  const extra = at + CENTRAL_SIZE + u16(b, at + 28)
  const span = { size: u32(b, at + 24), length: u32(b, at + 20), offset: u32(b, at + 42) }
  const wide = widen(b, extra, extra + u16(b, at + 30), span)
  if (!wide) throw damaged(path, 'the ZIP64 sizes of an entry are missing')
  return wide
}

/** The number of the key with this name; -1 where there is none. */
export function findName(
  { table, records }: Pick<ZipIndex, 'records' | 'table'>,
  b: Uint8Array,
  name: Uint8Array,
): number {
  const hash = new Uint32Array(1)
  scanName(name, 0, name.length, hash, 0)
  for (let slot = hash[0]! & (table.length - 1); ; slot = (slot + 1) & (table.length - 1)) {
    const taken = table[slot]!
    if (taken === 0) return -1
    const number = (taken & NUMBER) - 1
    if (((taken ^ hash[0]!) & ~NUMBER) === 0 && sameName(b, records[number]!, name, 0, name.length))
      return number
  }
}

/** The last record with this name, without a table: for the few names that opening an array asks for. */
export function findRecord({ records, hashes, count }: ZipRecords, b: Uint8Array, name: Uint8Array): number {
  const hash = new Uint32Array(1)
  scanName(name, 0, name.length, hash, 0)
  const wanted = hash[0]!
  for (let i = count - 1; i >= 0; i--)
    if (hashes[i] === wanted && sameName(b, records[i]!, name, 0, name.length)) return i
  return -1
}

/** Fills the table, and moves the records. Of several with one name the last takes the place of the first. */
export function hashNames(b: Uint8Array, { records, hashes, count: keys }: ZipRecords): ZipIndex {
  // At most half full.
  const table = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(8, keys * 2))))
  const mask = table.length - 1
  let count = 0
  for (let i = 0; i < keys; i++) {
    const hash = hashes[i]!
    const record = records[i]!
    let slot = hash & mask
    let taken: number
    while ((taken = table[slot]!) !== 0) {
      if (((taken ^ hash) & ~NUMBER) === 0 && sameRecord(b, records[(taken & NUMBER) - 1]!, record)) break
      slot = (slot + 1) & mask
    }
    if (taken === 0) {
      records[count++] = record
      table[slot] = (hash & ~NUMBER) | count
    } else records[(taken & NUMBER) - 1] = record
  }
  return { records, count, table }
}

const sameRecord = (b: Uint8Array, one: number, other: number): boolean =>
  sameName(b, one, b, other + CENTRAL_SIZE, other + CENTRAL_SIZE + u16(b, other + 28))

function sameName(b: Uint8Array, record: number, names: Uint8Array, from: number, to: number): boolean {
  if (u16(b, record + 28) !== to - from) return false
  for (let i = from, j = record + CENTRAL_SIZE; i < to; i++, j++) if (b[j] !== names[i]) return false
  return true
}

/** The records are in another order than their bytes, or two of them share bytes: sorting tells which. */
function checkOverlap(path: string, b: Uint8Array, entries: number): void {
  const starts = new Float64Array(entries)
  const ends = new Map<number, number>()
  for (let i = 0, at = 0; i < entries; i++) {
    const { offset, length } = recordSpan(path, b, at)
    starts[i] = offset
    ends.set(offset, offset + LOCAL_SIZE + u16(b, at + 28) + length)
    at += recordLength(b, at)
  }
  starts.sort()
  for (let i = 1; i < entries; i++)
    if (ends.get(starts[i - 1]!)! > starts[i]!) throw damaged(path, 'two of its entries overlap')
}

const cutShort = (path: string, found: number, stated: number): Error =>
  damaged(path, `its directory ends after ${found} of ${stated} entries`)
