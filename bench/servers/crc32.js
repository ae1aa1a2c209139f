import * as zlib from 'node:zlib'

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? (n >>> 1) ^ 0xedb88320 : n >>> 1
  return n >>> 0
})

/** CRC-32 as zlib has it; Node's own where there is one. @param {Uint8Array} bytes */
export const crc32 = (bytes) => zlib.crc32?.(bytes) ?? byTable(bytes)

function byTable(bytes) {
  let crc = 0xffffffff
  for (let i = 0; i < bytes.length; i++) crc = TABLE[(crc ^ bytes[i]) & 255] ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}
