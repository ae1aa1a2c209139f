/** What the codec module does with SIMD, in plain JavaScript. */

const CASTAGNOLI = 0x82f63b78

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 1 ? (value >>> 1) ^ CASTAGNOLI : value >>> 1
  return value
})

/** CRC-32C, a byte at a time. */
export function crc32cOf(data: Uint8Array): number {
  let crc = 0xffffffff
  for (let i = 0; i < data.length; i++) crc = (crc >>> 8) ^ TABLE[(crc ^ data[i]!) & 0xff]!
  return (crc ^ 0xffffffff) >>> 0
}

/** First the first byte of every item, then the second, …; `data` holds whole items. */
export function shuffled(data: Uint8Array, itemsize: number): Uint8Array {
  const items = data.length / itemsize
  const result = new Uint8Array(data.length)
  for (let byte = 0, to = 0; byte < itemsize; byte++) {
    for (let item = 0, from = byte; item < items; item++, from += itemsize) result[to++] = data[from]!
  }
  return result
}

/** The reverse of `shuffled`. */
export function unshuffled(data: Uint8Array, itemsize: number): Uint8Array {
  const items = data.length / itemsize
  const result = new Uint8Array(data.length)
  for (let byte = 0, from = 0; byte < itemsize; byte++) {
    for (let item = 0, to = byte; item < items; item++, to += itemsize) result[to] = data[from++]!
  }
  return result
}
