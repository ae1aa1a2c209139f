import { checksum } from './checksum'
import type { Configuration } from './configuration'

/** Bob Jenkins' lookup3 hash of `prefix` and the data, as HDF5 uses it for its metadata; behind the data. */
export const jenkinsLookup3 = checksum({
  name: 'numcodecs.jenkins_lookup3',
  about: "Jenkins' lookup3 checksum",
  location: 'end',
  bind(configuration) {
    const initial = configuration.integer('initval', { min: 0, max: 2 ** 32 - 1, fallback: 0 })
    const prefix = prefixBytes(configuration)
    return (data) => lookup3(prefix.length === 0 ? data : Buffer.concat([prefix, data]), initial)
  },
})

function prefixBytes(configuration: Configuration): Uint8Array {
  if (configuration.get('prefix') === undefined) return new Uint8Array()
  const values = configuration.integers('prefix', 0)
  return values.every((value) => value < 256)
    ? Uint8Array.from(values)
    : configuration.fail('prefix', 'must be a list of bytes')
}

const rotated = (x: number, bits: number): number => (x << bits) | (x >>> (32 - bits))

/** `hashlittle` of lookup3.c, byte by byte. */
function lookup3(data: Uint8Array, initial: number): number {
  let a = (0xdeadbeef + data.length + initial) | 0
  let [b, c] = [a, a]
  const word = (at: number): number => {
    let value = 0
    for (let i = Math.min(4, data.length - at) - 1; i >= 0; i--) value = (value << 8) | data[at + i]!
    return value
  }
  let at = 0
  for (; data.length - at > 12; at += 12) {
    a = (a + word(at)) | 0
    b = (b + word(at + 4)) | 0
    c = (c + word(at + 8)) | 0
    a = ((a - c) | 0) ^ rotated(c, 4)
    c = (c + b) | 0
    b = ((b - a) | 0) ^ rotated(a, 6)
    a = (a + c) | 0
    c = ((c - b) | 0) ^ rotated(b, 8)
    b = (b + a) | 0
    a = ((a - c) | 0) ^ rotated(c, 16)
    c = (c + b) | 0
    b = ((b - a) | 0) ^ rotated(a, 19)
    a = (a + c) | 0
    c = ((c - b) | 0) ^ rotated(b, 4)
    b = (b + a) | 0
  }
  if (at === data.length) return c >>> 0
  a = (a + word(at)) | 0
  b = (b + word(at + 4)) | 0
  c = (c + word(at + 8)) | 0
  c = ((c ^ b) - rotated(b, 14)) | 0
  a = ((a ^ c) - rotated(c, 11)) | 0
  b = ((b ^ a) - rotated(a, 25)) | 0
  c = ((c ^ b) - rotated(b, 16)) | 0
  a = ((a ^ c) - rotated(c, 4)) | 0
  b = ((b ^ a) - rotated(a, 14)) | 0
  c = ((c ^ b) - rotated(b, 24)) | 0
  return c >>> 0
}
