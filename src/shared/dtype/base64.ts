const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const VALUES = new Map(Array.from(ALPHABET, (char, value) => [char, value] as const))

/** Standard base64 with padding (RFC 4648 section 4). */
export function toBase64(bytes: Uint8Array): string {
  let out = ''
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i
    const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0)
    out += ALPHABET[word >> 18]! + ALPHABET[(word >> 12) & 63]!
    out += (left > 1 ? ALPHABET[(word >> 6) & 63]! : '=') + (left > 2 ? ALPHABET[word & 63]! : '=')
  }
  return out
}

/** The bytes of standard base64, padded or not; undefined where the text is something else. */
export function fromBase64(text: string): Uint8Array | undefined {
  const body = text.replace(/={1,2}$/, '')
  if (body.length % 4 === 1 || (body.length !== text.length && text.length % 4 !== 0)) return undefined
  const bytes = new Uint8Array(Math.floor((body.length * 3) / 4))
  let word = 0
  let out = 0
  for (let i = 0; i < body.length; i++) {
    const value = VALUES.get(body[i]!)
    if (value === undefined) return undefined
    word = ((word << 6) | value) & 0xffffff
    const held = ((i + 1) * 6) % 8
    if (i % 4 !== 0) bytes[out++] = (word >> held) & 0xff
  }
  return bytes
}
