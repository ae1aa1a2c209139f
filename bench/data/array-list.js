/**
 * The arrays of the reads and writes: 10000 x 10000 items of 4 bytes (400 MB) in chunks of 1000 x 1000, format 2.
 *
 * `arange` counts from 0 on (int32); `noisy` is a smooth float32 field with noise in every mantissa; `constant` is 42
 * but for its first row and column (int32).
 */
export const SHAPE = [10_000, 10_000]
export const CHUNK = 1000
/** Elements of one chunk that are read one after the other, as `nearby`. */
export const NEARBY = 200

const blosc = (cname, clevel, shuffle) => ({ id: 'blosc', cname, clevel, shuffle, blocksize: 0 })

const CODECS = {
  'lz4-5-1': blosc('lz4', 5, 1),
  'blosclz-5-1': blosc('blosclz', 5, 1),
  'zstd-5-1': blosc('zstd', 5, 1),
  'lz4-3-2': blosc('lz4', 3, 2),
  'zlib-1': { id: 'zlib', level: 1 },
  none: null,
}

export const ARRAYS = ['arange', 'noisy', 'constant'].flatMap((data) =>
  Object.entries(CODECS).map(([codec, compressor]) => ({
    name: `${data} ${codec}`,
    data,
    codec,
    compressor,
  })),
)

const DEFAULT = [
  'arange lz4-5-1',
  'arange blosclz-5-1',
  'arange zstd-5-1',
  'arange zlib-1',
  'arange none',
  'noisy lz4-5-1',
  'noisy zstd-5-1',
  'constant blosclz-5-1',
]
const QUICK = ['arange lz4-5-1', 'noisy lz4-5-1']

/** The arrays that the options ask for; throws an Error naming one that does not exist. */
export function chosenArrays({ arrays, quick }) {
  if (arrays?.includes('all')) return ARRAYS
  return (arrays ?? (quick ? QUICK : DEFAULT)).map((name) => {
    const found = ARRAYS.find((array) => array.name === name)
    if (!found)
      throw new Error(`There is no array "${name}"; there are ${ARRAYS.map((a) => a.name).join(', ')}.`)
    return found
  })
}
