/**
 * Names of chunks inside their array's folder.
 * `default`: "c/0/0" or "c.0.0", without dimensions "c"; `v2`: "0.0" or "0/0", without dimensions "0".
 * Format 1 is v2 with "." (format 3 core, "Chunk key encoding"; format 2, "Arrays").
 */
export interface KeyEncodingSpec {
  name: 'default' | 'v2'
  separator: '.' | '/'
}

/** The key of a chunk, relative to its array. `coords` are grid coordinates: integers from 0. */
export function chunkKey(encoding: KeyEncodingSpec, coords: ArrayLike<number>): string {
  let key = encoding.name === 'default' ? 'c' : coords.length === 0 ? '0' : ''
  for (let k = 0; k < coords.length; k++) {
    if (key !== '') key += encoding.separator
    key += String(coords[k]!)
  }
  return key
}

/**
 * Grid coordinates that a key of the array's folder stands for; undefined for a stray name. Only the one spelling that
 * `chunkKey` gives is accepted: no sign, no leading zero, nothing beyond 2^53. Whether the chunk lies inside the
 * array's grid is for the caller to see.
 */
export function parseChunkKey(encoding: KeyEncodingSpec, key: string, rank: number): number[] | undefined {
  const coords = new Float64Array(rank)
  return parseChunkKeyInto(encoding, key, coords, 0, rank) ? Array.from(coords) : undefined
}

const ZERO = 48
const SMALL_C = 99

/**
 * The same without allocating, for millions of names: writes `rank` coordinates to `target` from `at` on and tells
 * whether the key is a chunk's. `target` holds anything after a refusal.
 */
export function parseChunkKeyInto(
  encoding: KeyEncodingSpec,
  key: string,
  target: Float64Array,
  at: number,
  rank: number,
): boolean {
  if (rank === 0) return key === (encoding.name === 'default' ? 'c' : '0')
  const separator = encoding.separator.charCodeAt(0)
  let i = 0
  if (encoding.name === 'default') {
    if (key.charCodeAt(0) !== SMALL_C || key.charCodeAt(1) !== separator) return false
    i = 2
  }
  for (let k = 0; k < rank; k++) {
    if (k > 0 && key.charCodeAt(i++) !== separator) return false
    const first = i
    let value = 0
    for (let digit; (digit = key.charCodeAt(i) - ZERO) >= 0 && digit < 10; i++) value = value * 10 + digit
    if (i === first || !Number.isSafeInteger(value)) return false
    if (i > first + 1 && key.charCodeAt(first) === ZERO) return false
    target[at + k] = value
  }
  return i === key.length
}

/** The same for a key that lies as UTF-8 in `bytes`, from `from` to `to` (not included). */
export function parseChunkBytesInto(
  encoding: KeyEncodingSpec,
  bytes: Uint8Array,
  from: number,
  to: number,
  target: Float64Array,
  at: number,
  rank: number,
): boolean {
  const isDefault = encoding.name === 'default'
  if (rank === 0) return to - from === 1 && bytes[from] === (isDefault ? SMALL_C : ZERO)
  const separator = encoding.separator.charCodeAt(0)
  let i = from
  if (isDefault) {
    if (to - from < 2 || bytes[i++] !== SMALL_C || bytes[i++] !== separator) return false
  }
  for (let k = 0; k < rank; k++) {
    if (k > 0 && (i >= to || bytes[i++] !== separator)) return false
    const first = i
    let value = 0
    for (; i < to; i++) {
      const digit = bytes[i]! - ZERO
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
    }
    if (i === first || !Number.isSafeInteger(value)) return false
    if (i > first + 1 && bytes[first] === ZERO) return false
    target[at + k] = value
  }
  return i === to
}
