import { crc32 as zlibCrc32 } from 'node:zlib'
import { checksum } from './checksum'

/** CRC-32 as in gzip and zip, before the data unless told otherwise. */
export const crc32 = checksum({
  name: 'numcodecs.crc32',
  about: 'CRC-32 checksum',
  location: 'start',
  movable: true,
  bind: () => (data) => zlibCrc32(data),
})
