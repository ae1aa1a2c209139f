import type { ZarrFormat } from '../model/node'

/** How hard a compressor tries: a number, or the level that it is mostly used with. */
export type Level = 'usual' | number
export type Shuffle = 'noshuffle' | 'shuffle' | 'bitshuffle'

interface Compressor {
  /** For people. */
  label: string
  /** Levels that it knows, and the usual one as text (empty: without a level). Absent: it has none. */
  levels?: { least: number; most: number; usual: string }
  shuffles?: boolean
  /** Format 1 has no other. */
  format1?: boolean
}

const blosc = (codec: string, usual: number): Compressor => ({
  label: `blosc ${codec}`,
  levels: { least: 0, most: 9, usual: String(usual) },
  shuffles: true,
  format1: true,
})

/** Every compressor that a matrix offers, by its text without level and shuffle. */
export const COMPRESSORS = {
  none: { label: 'none', format1: true },
  'blosc:blosclz': blosc('blosclz', 5),
  'blosc:lz4': blosc('lz4', 5),
  'blosc:lz4hc': blosc('lz4hc', 9),
  'blosc:zlib': blosc('zlib', 5),
  'blosc:zstd': blosc('zstd', 3),
  lz4: { label: 'lz4' },
  zstd: { label: 'zstd', levels: { least: -7, most: 22, usual: '3' } },
  gzip: { label: 'gzip', levels: { least: 0, most: 9, usual: '6' } },
  zlib: { label: 'zlib', levels: { least: 0, most: 9, usual: '1' }, format1: true },
  bz2: { label: 'bz2', levels: { least: 1, most: 9, usual: '1' }, format1: true },
  lzma: { label: 'lzma', levels: { least: 0, most: 9, usual: '' }, format1: true },
} as const satisfies Record<string, Compressor>

export type CompressorId = keyof typeof COMPRESSORS

const table: Record<CompressorId, Compressor> = COMPRESSORS
export const compressorIds = Object.keys(COMPRESSORS) as CompressorId[]

/** Why a format cannot store it, in one sentence; undefined where it can. */
export const compressorProblem = (id: CompressorId, format: ZarrFormat): string | undefined =>
  format === 1 && !table[id].format1 ? `Format 1 does not know ${table[id].label}.` : undefined

/** The texts of a compressor at the levels that it has of these, with each shuffle where it shuffles. */
export function compressorTexts(
  id: CompressorId,
  levels: readonly Level[],
  shuffles: readonly Shuffle[],
): string[] {
  const { levels: known, shuffles: shuffled } = table[id]
  const chosen = known
    ? levels.flatMap((level) => {
        if (level === 'usual') return [known.usual]
        return level >= known.least && level <= known.most ? [String(level)] : []
      })
    : ['']
  const withLevel = chosen.map((level) => (level === '' ? id : `${id}:${level}`))
  const all = shuffled
    ? withLevel.flatMap((text) => shuffles.map((shuffle) => `${text}:${shuffle}`))
    : withLevel
  return [...new Set(all)]
}
