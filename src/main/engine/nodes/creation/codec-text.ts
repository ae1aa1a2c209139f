import { UsageError } from '@shared/errors'
import { parseJson } from '@shared/json/parse'
import type { JsonObject, JsonValue } from '@shared/json/value'

/**
 * A codec as people type it ("blosc:lz4:5:bitshuffle", "zstd:3", "none") or as its JSON, as a numcodecs configuration
 * `{id, …}`; null for none. JSON in the form of format 3 (`{name, configuration}`) is kept as it is.
 * Throws UsageError that lists what is known.
 */
export function parseCodecText(text: string): JsonObject | null {
  const trimmed = text.trim()
  if (trimmed.startsWith('{')) {
    const { value } = parseJson(trimmed, { key: 'The codec' })
    if (
      value instanceof Map &&
      (typeof value.get('id') === 'string' || typeof value.get('name') === 'string')
    )
      return value
    throw new UsageError('A codec in JSON has an "id" (formats 1 and 2) or a "name" (format 3).')
  }
  const [name = '', ...parts] = trimmed.split(':')
  if (name === 'none' || name === '') return null
  const make = Object.hasOwn(CODECS, name) ? CODECS[name] : undefined
  if (!make)
    throw new UsageError(
      `"${name}" is not a codec; known are none, ${Object.keys(CODECS).join(', ')}, or the codec's JSON.`,
    )
  return new Map<string, JsonValue>([['id', name], ...make(parts, trimmed)])
}

type Entries = [string, JsonValue][]

const SHUFFLES: Record<string, number> = { noshuffle: 0, shuffle: 1, bitshuffle: 2, '0': 0, '1': 1, '2': 2 }
const CNAMES = ['blosclz', 'lz4', 'lz4hc', 'zlib', 'zstd']

/** Options of the short form, in its order; every codec of the format 2 registry with the defaults of numcodecs. */
const CODECS: Record<string, (parts: string[], text: string) => Entries> = {
  blosc: ([cname = 'lz4', clevel = '5', shuffle = '1', blocksize = '0'], text) => {
    if (!CNAMES.includes(cname)) throw wrong(text, `"${cname}" is none of ${CNAMES.join(', ')}`)
    if (!Object.hasOwn(SHUFFLES, shuffle))
      throw wrong(text, `"${shuffle}" is none of noshuffle, shuffle, bitshuffle`)
    return [
      ['cname', cname],
      ['clevel', integer(clevel, 0, 9, text)],
      ['shuffle', SHUFFLES[shuffle]!],
      ['blocksize', integer(blocksize, 0, 2 ** 31 - 1, text)],
    ]
  },
  zstd: ([level = '3'], text) => [['level', integer(level, -131072, 22, text)]],
  gzip: ([level = '6'], text) => [['level', integer(level, 0, 9, text)]],
  zlib: ([level = '1'], text) => [['level', integer(level, 0, 9, text)]],
  bz2: ([level = '1'], text) => [['level', integer(level, 1, 9, text)]],
  lz4: ([acceleration = '1'], text) => [['acceleration', integer(acceleration, 1, 65537, text)]],
  lzma: ([preset], text) => [
    ['format', 1],
    ['check', -1],
    ['preset', preset === undefined ? null : integer(preset, 0, 9, text)],
    ['filters', null],
  ],
  shuffle: ([size = '4'], text) => [['elementsize', integer(size, 1, 255, text)]],
  // Without a data type it is the array's own.
  delta: ([dtype]) => (dtype ? [['dtype', dtype]] : []),
  bitround: ([bits], text) => [['keepbits', integer(needed(bits, text, 'the bits to keep'), 0, 52, text)]],
  quantize: ([digits, dtype], text) => [
    ['digits', integer(needed(digits, text, 'the digits to keep'), 0, 300, text)],
    ...(dtype ? [['dtype', dtype] as [string, JsonValue]] : []),
  ],
  packbits: () => [],
  crc32: () => [],
  crc32c: () => [],
  adler32: () => [],
  fletcher32: () => [],
  base64: () => [],
}

const wrong = (text: string, why: string): UsageError =>
  new UsageError(`The codec "${text}" is not right: ${why}.`)

function integer(text: string, low: number, high: number, whole: string): number {
  const value = Number(text)
  if (/^[+-]?\d+$/.test(text) && value >= low && value <= high) return value
  throw wrong(whole, `"${text}" is not a whole number from ${low} to ${high}`)
}

function needed(part: string | undefined, text: string, what: string): string {
  if (part === undefined || part === '') throw wrong(text, `it needs ${what}`)
  return part
}
