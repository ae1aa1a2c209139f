import type { Unreadable } from '@shared/model/plots'
import { formatCount } from '../ui/format'

/** "every value", "every 2nd value", "every 1,000th value". */
export function everyText(n: number, what: string): string {
  if (n === 1) return `every ${what}`
  const last = n % 10
  const teen = n % 100 >= 11 && n % 100 <= 13
  const ending = teen ? 'th' : last === 1 ? 'st' : last === 2 ? 'nd' : last === 3 ? 'rd' : 'th'
  return `every ${formatCount(n)}${ending} ${what}`
}

/** "1 value", "1,234 values". */
export const countText = (n: number, one: string, many = `${one}s`): string =>
  `${formatCount(n)} ${n === 1 ? one : many}`

/** Chunks that could not be read, with what the first one said. */
export const unreadableText = ({ chunks, message }: Unreadable): string =>
  chunks === 1
    ? `A chunk cannot be read and is left out: ${message}`
    : `${formatCount(chunks)} chunks cannot be read and are left out; the first: ${message}`

/** The first letter as a capital. */
export const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
