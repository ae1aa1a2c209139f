import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 192 bits, in 32 characters that need no escape in a URL or a cookie. */
const newToken = (): string => randomBytes(24).toString('base64url')

/** Equal or not, in a time that tells nothing about where they differ, nor about the length of `b`. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

/**
 * What lets a browser in: the token that is printed, good as long as the host runs; and passes for one use, because
 * the command line of a browser that we start can be read by everyone on the machine.
 */
export class Tokens {
  readonly token = newToken()
  readonly #passes = new Set<string>()

  issuePass(): string {
    const pass = newToken()
    this.#passes.add(pass)
    return pass
  }

  /** The value of `?token=`; a pass is used up by this. */
  admits(value: string): boolean {
    if (this.isToken(value)) return true
    for (const pass of this.#passes) if (sameSecret(value, pass)) return this.#passes.delete(pass)
    return false
  }

  /** The value of the cookie. */
  isToken(value: string | undefined): boolean {
    return value !== undefined && sameSecret(value, this.token)
  }
}
