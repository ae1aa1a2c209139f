import { checksum } from './checksum'

/** CRC-32C (Castagnoli) behind the data, or before it where numcodecs was told so. */
export const crc32c = checksum({
  name: 'crc32c',
  aliases: ['numcodecs.crc32c'],
  about: 'CRC-32C checksum',
  location: 'end',
  movable: true,
  bind:
    (_, { backend }) =>
    (data) =>
      backend.crc32c(data),
})
