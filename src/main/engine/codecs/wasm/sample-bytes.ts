/** Bytes for tests of codecs: reproducible, from constant to incompressible. */
export const SAMPLE_KINDS = ['constant', 'ramp', 'sparse', 'noise'] as const

export type SampleKind = (typeof SAMPLE_KINDS)[number]

/** A small generator of 32-bit numbers (xorshift), the same for the same seed. */
export function randomSource(seed: number): () => number {
  let state = (seed * 2654435761 + 1) >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>>= 0)
  }
}

/** `size` bytes: all equal, little-endian int32 0, 1, 2…, mostly equal, or random. */
export function sampleBytes(kind: SampleKind, size: number, seed = 1): Uint8Array {
  const random = randomSource(seed)
  return Uint8Array.from({ length: size }, (_, i) => {
    switch (kind) {
      case 'constant':
        return 42
      case 'ramp':
        return ((i >> 2) >> (8 * (i & 3))) & 255
      case 'sparse':
        return random() % 16 === 0 ? random() & 255 : 7
      case 'noise':
        return random() >>> 24
    }
  })
}
