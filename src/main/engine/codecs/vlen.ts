import { isUtf8 } from 'node:buffer'
import { LimitError } from '@shared/errors'
import { copyRun } from './copy-run'
import { corrupt } from './corrupt'
import { MAX_DECODED_BYTES } from './limits'

/** Items of varying length behind one another: item i is `data[offsets[i]]` up to `data[offsets[i + 1]]`. */
export interface VariableItems {
  readonly data: Uint8Array
  readonly offsets: Uint32Array
}

/** Bytes of the item count at the start and of the length before each item. */
const WORD = 4

/**
 * Reads numcodecs' layout of variable-length items: a 32-bit count, then length and bytes of each item. Throws
 * ChunkCorruptError unless there are exactly `items` of them and nothing behind.
 */
export function readVariable(stored: Uint8Array, items: number): VariableItems {
  const view = new DataView(stored.buffer, stored.byteOffset, stored.length)
  if (stored.length < WORD) throw corrupt('it ends inside the number of items')
  const count = view.getUint32(0, true)
  if (count !== items) throw corrupt(`it holds ${count} items where the metadata asks for ${items}`)
  const size = stored.length - WORD - items * WORD
  if (size < 0) throw corrupt(`it is too short for ${items} items`)
  const data = new Uint8Array(size)
  const offsets = new Uint32Array(items + 1)
  let [at, end] = [WORD, 0]
  for (let item = 0; item < items; item++) {
    if (at + WORD > stored.length) throw corrupt(`it ends before item ${item}`)
    const length = view.getUint32(at, true)
    at += WORD
    if (length > stored.length - at || end + length > size)
      throw corrupt(`item ${item} reaches beyond the end`)
    copyRun(stored, at, data, end, length)
    at += length
    end += length
    offsets[item + 1] = end
  }
  if (at !== stored.length) throw corrupt(`${stored.length - at} bytes follow the last item`)
  return { data, offsets }
}

/** The reverse of `readVariable`. */
export function writeVariable({ data, offsets }: VariableItems): Uint8Array {
  const items = offsets.length - 1
  const stored = new Uint8Array(WORD + items * WORD + data.length)
  const view = new DataView(stored.buffer)
  view.setUint32(0, items, true)
  let at = WORD
  for (let item = 0; item < items; item++) {
    const start = offsets[item]!
    const length = offsets[item + 1]! - start
    view.setUint32(at, length, true)
    copyRun(data, start, stored, at + WORD, length)
    at += WORD + length
  }
  return stored
}

/** Throws ChunkCorruptError unless every item is valid UTF-8 by itself. */
export function checkText({ data, offsets }: VariableItems): void {
  const items = offsets.length - 1
  // Valid as a whole and no item begins inside a character: then each is valid.
  for (let item = 0; item < items; item++) {
    const start = offsets[item]!
    if (start < offsets[item + 1]! && (data[start]! & 0xc0) === 0x80)
      throw corrupt(`item ${item} is not valid UTF-8`)
  }
  if (!isUtf8(data)) throw corrupt('its text is not valid UTF-8')
}

/** Joins items given one by one. Throws LimitError where they are too many bytes. */
export function joinItems(items: readonly Uint8Array[]): VariableItems {
  const total = items.reduce((sum, item) => sum + item.length, 0)
  if (total > MAX_DECODED_BYTES)
    throw new LimitError('The size of a chunk in bytes', total, MAX_DECODED_BYTES)
  const offsets = new Uint32Array(items.length + 1)
  items.forEach((item, i) => {
    offsets[i + 1] = offsets[i]! + item.length
  })
  const data = new Uint8Array(offsets[items.length]!)
  items.forEach((item, i) => {
    copyRun(item, 0, data, offsets[i]!, item.length)
  })
  return { data, offsets }
}
