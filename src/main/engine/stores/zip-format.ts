/** Little-endian fields and signatures of the ZIP format (PKWARE APPNOTE 6.3.10). */
export const LOCAL_HEADER = 0x04034b50
export const CENTRAL_HEADER = 0x02014b50
export const END_RECORD = 0x06054b50
export const END_SIGNATURE = 'PK\x05\x06'
export const END64_RECORD = 0x06064b50
export const END64_LOCATOR = 0x07064b50

export const LOCAL_SIZE = 30
export const CENTRAL_SIZE = 46
export const END_SIZE = 22
export const END64_SIZE = 56
export const LOCATOR_SIZE = 20

/** A 16 or 32 bit field with all bits set stands for a 64 bit one elsewhere. */
export const FULL16 = 0xffff
export const FULL32 = 0xffffffff

export const FLAG = { encrypted: 0x1, descriptor: 0x8, utf8: 0x800, masked: 0x2000 } as const

export const u16 = (b: Uint8Array, at: number): number => b[at]! | (b[at + 1]! << 8)

export const u32 = (b: Uint8Array, at: number): number =>
  (b[at]! | (b[at + 1]! << 8) | (b[at + 2]! << 16) | (b[at + 3]! << 24)) >>> 0

/** Infinity beyond 2^53: no file is that long, so every check against a file's size fails. */
export function u64(b: Uint8Array, at: number): number {
  const value = u32(b, at) + u32(b, at + 4) * 2 ** 32
  return Number.isSafeInteger(value) ? value : Infinity
}

/** The sizes and the offset of an entry, with what its header keeps in the ZIP64 field instead. */
export interface EntrySpan {
  size: number
  length: number
  offset: number
}

/**
 * Replaces the full 32 bit fields by those of the ZIP64 extra field between `from` and `to`; undefined where one is
 * missing.
 */
export function widen(b: Uint8Array, from: number, to: number, span: EntrySpan): EntrySpan | undefined {
  if (span.size !== FULL32 && span.length !== FULL32 && span.offset !== FULL32) return span
  for (let at = from; at + 4 <= to;) {
    const end = at + 4 + u16(b, at + 2)
    if (u16(b, at) === 1 && end <= to) return widenFrom(b, at + 4, end, span)
    at = end
  }
  return undefined
}

function widenFrom(b: Uint8Array, from: number, to: number, span: EntrySpan): EntrySpan | undefined {
  let at = from
  const next = (value: number): number => {
    if (value !== FULL32) return value
    at += 8
    return at <= to ? u64(b, at - 8) : NaN
  }
  const wide = { size: next(span.size), length: next(span.length), offset: next(span.offset) }
  return at <= to ? wide : undefined
}
