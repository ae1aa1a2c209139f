import { splitOutsideJson } from '@shared/trials/split-text'

/** What is typed into the fields of a layout, and what it means; a string is what is wrong with it. */

type Parsed<T> = { value: T } | { wrong: string }

/** "100, 60" as lengths; "none" is a whole dimension where `none` is allowed. Nothing at all is no dimension. */
export function parseLengths(text: string, { none = false } = {}): Parsed<(number | null)[]> {
  const trimmed = text
    .trim()
    .replace(/^[([](.*)[)\]]$/s, '$1')
    .replace(/,\s*$/, '')
  if (trimmed.trim() === '') return { value: [] }
  const value: (number | null)[] = []
  for (const part of trimmed.split(',')) {
    const word = part.trim().toLowerCase()
    if (none && (word === 'none' || word === '-1')) value.push(null)
    else if (/^\d[\d_]*$/.test(word) && Number.isSafeInteger(Number(word.replaceAll('_', ''))))
      value.push(Number(word.replaceAll('_', '')))
    else return { wrong: `“${part.trim()}” is not a whole number${none ? ' and not “none”' : ''}.` }
  }
  return { value }
}

/** Lengths without "none". */
export function parseShape(text: string): Parsed<number[]> {
  const parsed = parseLengths(text)
  return 'wrong' in parsed ? parsed : { value: parsed.value.map((length) => length ?? 0) }
}

/** Filters, between blanks or one a line; blanks inside of JSON do not count. */
export const parseFilters = (text: string): string[] =>
  text
    .split('\n')
    .flatMap((line) => splitOutsideJson(line, ' '))
    .map((word) => word.trim())
    .filter((word) => word !== '')

/** "y, x" as dimension names; an empty one has no name. Nothing at all is no names. */
export const parseNames = (text: string): (string | null)[] | null =>
  text.trim() === '' ? null : text.split(',').map((name) => name.trim() || null)

export const lengthsText = (lengths: readonly (number | null)[]): string =>
  lengths.map((length) => length ?? 'none').join(', ')

/** A name below a group, or a path. */
export const joinPath = (parent: string, name: string): string => {
  const clean = name.trim().replace(/^\/+|\/+$/g, '')
  return parent === '' ? clean : clean === '' ? '' : `${parent}/${clean}`
}
