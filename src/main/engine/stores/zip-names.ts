import { damaged } from './zip-end'

/** Bytes of a name, as many as a path may have on Linux: what a folder can hold, its archive can. */
const MAX_NAME = 4096

const SLASH = 47
const DOT = 46
const BACKSLASH = 92
const COLON = 58

/** How a name was judged by `scanName`; several may hold. */
export const FOLDER = 1
const UNSAFE = 2
const BEYOND_ASCII = 128

/**
 * Judges the name at `from` … `to` and writes its hash (FNV-1a over the bytes) to `hashes[number]`, in one pass because
 * a directory may hold millions. Unsafe are names with empty, "." or ".." parts, a backslash, a zero byte, a drive
 * letter, and those that are too long.
 */
export function scanName(
  b: Uint8Array,
  from: number,
  to: number,
  hashes: Uint32Array,
  number: number,
): number {
  let hash = 0x811c9dc5 | 0
  let all = 0
  let unsafe =
    to === from || to - from > MAX_NAME || (b[from + 1] === COLON && isLetter(b[from]!)) ? UNSAFE : 0
  let part = from
  let dots = 0
  for (let i = from; i < to; i++) {
    const c = b[i]!
    hash = Math.imul(hash ^ c, 0x01000193)
    all |= c
    if (c === SLASH) {
      if (i - part <= dots && dots <= 2) unsafe = UNSAFE
      part = i + 1
      dots = 0
    } else if (c === DOT) dots++
    else if (c === BACKSLASH || c === 0) unsafe = UNSAFE
  }
  hashes[number] = hash ^ (hash >>> 15)
  if (part === to) return FOLDER | unsafe | (all & BEYOND_ASCII)
  if (to - part <= dots && dots <= 2) unsafe = UNSAFE
  return unsafe | (all & BEYOND_ASCII)
}

const isLetter = (c: number): boolean => (c | 32) >= 97 && (c | 32) <= 122

/** @throws IoError for a name that cannot be used: unsafe, or not UTF-8, the only encoding that is read beyond ASCII. */
export function checkName(path: string, b: Uint8Array, judged: number): void {
  if (judged & UNSAFE) {
    const shown = JSON.stringify(Buffer.from(b.subarray(0, 80)).toString('utf8'))
    const why =
      b.length > MAX_NAME ? `longer than ${MAX_NAME} bytes` : 'unsafe: it could lead out of the store'
    throw damaged(path, `the name of an entry, ${shown}, is ${why}`)
  }
  try {
    utf8.decode(b)
  } catch {
    throw damaged(
      path,
      `the name of an entry, ${JSON.stringify(Buffer.from(b).toString('latin1'))}, is not UTF-8`,
    )
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
