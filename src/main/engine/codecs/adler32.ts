import { checksum } from './checksum'

const MODULUS = 65521
/** So many bytes can be summed before the sums must be reduced to stay exact in 32 bits. */
const RUN = 5552

/** Adler-32 as in zlib, before the data unless told otherwise. */
export const adler32 = checksum({
  name: 'numcodecs.adler32',
  about: 'Adler-32 checksum',
  location: 'start',
  movable: true,
  bind: () => adler32Of,
})

function adler32Of(data: Uint8Array): number {
  let [low, high] = [1, 0]
  for (let start = 0; start < data.length; start += RUN) {
    const end = Math.min(start + RUN, data.length)
    for (let i = start; i < end; i++) {
      low += data[i]!
      high += low
    }
    low %= MODULUS
    high %= MODULUS
  }
  return high * 0x10000 + low
}
