import { CodecFailure } from './codec-failure'
import type { LzmaFilter } from './codec-params'

/** Words per filter and the mark of an absent field, as in native/src/lzma_codec.c. */
export const WORDS_PER_FILTER = 12
const ABSENT = 0xffffffff
const MAX_FILTERS = 4

/** liblzma's ids as the module numbers them: LZMA1 (2^62 + 1) is 1, LZMA2 (0x21) is 2, the others are their own. */
function moduleId(id: number | bigint): number {
  if (BigInt(id) === 0x21n) return 2
  // JSON numbers cannot hold LZMA1's id exactly: 2^62 is what is left of it
  if (BigInt(id) === 0x4000000000000001n || id === 2 ** 62) return 1
  return id >= 3 && id <= 11 ? Number(id) : 0
}

/** The filters in the order of the words that native/src/lzma_codec.c reads. */
export function packLzmaFilters(filters: readonly LzmaFilter[]): Uint32Array {
  if (filters.length === 0 || filters.length > MAX_FILTERS) {
    throw new CodecFailure(
      'parameters',
      `an LZMA chain has 1 to ${MAX_FILTERS} filters, not ${filters.length}`,
    )
  }
  const words = new Uint32Array(filters.length * WORDS_PER_FILTER).fill(ABSENT)
  filters.forEach((filter, i) => {
    const id = typeof filter.id === 'bigint' || Number.isInteger(filter.id) ? moduleId(filter.id) : 0
    if (id === 0)
      throw new CodecFailure('parameters', `there is no LZMA filter with the id ${String(filter.id)}`)
    const fields = [
      id,
      filter.preset,
      filter.dict_size,
      filter.lc,
      filter.lp,
      filter.pb,
      filter.mode,
      filter.nice_len,
      filter.mf,
      filter.depth,
      filter.dist,
      filter.start_offset,
    ]
    fields.forEach((value, k) => {
      if (value === undefined || value === null) return
      if (!Number.isInteger(value) || value < 0 || value >= ABSENT) {
        throw new CodecFailure('parameters', `${String(value)} is not a possible value in an LZMA filter`)
      }
      words[i * WORDS_PER_FILTER + k] = value
    })
  })
  return words
}
