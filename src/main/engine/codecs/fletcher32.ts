import { checksum } from './checksum'

/** Words that HDF5 sums before it folds the sums back to 16 bits; part of the definition, as folding is not a modulus. */
const RUN = 360

/** Fletcher-32 as HDF5 computes it, over big-endian 16-bit words, behind the data. */
export const fletcher32 = checksum({
  name: 'numcodecs.fletcher32',
  about: 'Fletcher-32 checksum of HDF5',
  location: 'end',
  bind: () => fletcher32Of,
})

function fletcher32Of(data: Uint8Array): number {
  const even = data.length - (data.length % 2)
  let [low, high] = [0, 0]
  for (let start = 0; start < even; start += 2 * RUN) {
    const end = Math.min(start + 2 * RUN, even)
    for (let i = start; i < end; i += 2) {
      low += (data[i]! << 8) | data[i + 1]!
      high += low
    }
    low = folded(low)
    high = folded(high)
  }
  if (even < data.length) {
    low += data[even]! << 8
    high += low
    low = folded(low)
    high = folded(high)
  }
  return ((folded(high) << 16) | folded(low)) >>> 0
}

const folded = (sum: number): number => (sum & 0xffff) + (sum >>> 16)
