import { UsageError } from '../errors'
import type { ChunkCandidate } from '../model/trials'

/**
 * A chunk shape as people type it: whole numbers or None joined by commas, in brackets or not, with shards behind a
 * slash: "1, None, None", "(10, 100) / (100, 1000)". None (also -1) is the whole dimension, and dimensions left out are
 * whole. Throws UsageError that names what is wrong.
 */
export function parseLayoutText(text: string): ChunkCandidate {
  const [chunks = '', shards, ...rest] = text.split('/')
  if (rest.length > 0)
    throw new UsageError(`"${text}" is not right: chunks stand before one slash, and shards behind it.`)
  return {
    chunks: parseLengths(chunks),
    shards: shards === undefined || /^\s*none\s*$/i.test(shards) ? null : parseLengths(shards),
  }
}

/** One list of lengths; null for None. Throws UsageError. */
export function parseLengths(text: string): (number | null)[] {
  const parts = text
    .replace(/^\s*[([](.*)[)\]]\s*$/s, '$1')
    .split(',')
    .map((part) => part.trim())
  return parts.filter((part, i) => part !== '' || i < parts.length - 1).map((part) => lengthOf(part, text))
}

/** The same as text, with None for a whole dimension. */
export const formatLengths = (lengths: readonly (number | null)[]): string =>
  lengths.map((length) => length ?? 'None').join(', ')

export const formatLayoutText = ({ chunks, shards }: ChunkCandidate): string =>
  shards ? `${formatLengths(chunks)} / ${formatLengths(shards)}` : formatLengths(chunks)

function lengthOf(part: string, text: string): number | null {
  if (/^(none|-1)$/i.test(part)) return null
  const value = /^\d{1,16}$/.test(part) ? Number(part) : NaN
  if (Number.isSafeInteger(value) && value > 0) return value
  const why = part === '' ? 'a length is missing' : `"${part}" is no whole number from 1 up and not None`
  throw new UsageError(`"${text.trim()}" is not right: ${why}.`)
}
