import { UsageError } from '@shared/errors'
import type { LayoutOptions } from '@engine/nodes/copying/derived-options'
import type { Options, OptionTable } from './arguments'

/** Options that say how an array is stored; `create`, `copy`, `rechunk` and `recompress` share them. */
export const LAYOUT = {
  chunks: { kind: 'text', value: 'N,N,…', help: 'chunk lengths; none for a whole dimension, or auto' },
  shards: { kind: 'text', value: 'N,N,…', help: 'shard lengths (format 3), or none' },
  compressor: { kind: 'text', value: 'SPEC', help: 'such as zstd:3, blosc:lz4:5:bitshuffle, none, or JSON' },
  filter: {
    kind: 'repeat',
    value: 'SPEC',
    help: 'a filter before the compressor, such as delta; none for none',
  },
  order: { kind: 'text', value: 'C|F', help: 'memory order inside chunks' },
  fill: { kind: 'text', value: 'V', help: 'fill value; none leaves it undefined' },
  separator: { kind: 'text', value: '.|/', help: 'between the indices of chunk names' },
  dtype: { kind: 'text', value: 'TYPE', help: 'such as i4, float32, M8[ns], U10, string' },
} as const satisfies OptionTable

/** The options as the engine takes them. Throws UsageError in one sentence. */
export function layoutOptions(options: Options<typeof LAYOUT>): LayoutOptions {
  const { chunks, shards, compressor, filter, order, dtype, fill, separator } = options
  return {
    ...(chunks === undefined ? {} : { chunks: chunkList(chunks) }),
    ...(shards === undefined ? {} : { shards: shards === 'none' ? null : lengths(shards, 'shards') }),
    ...(compressor === undefined ? {} : { compressor }),
    ...(filter.length === 0 ? {} : { filters: filter.filter((text) => text !== 'none') }),
    ...(order === undefined ? {} : { order: orderOf(order) }),
    ...(dtype === undefined ? {} : { dtype }),
    ...(fill === undefined ? {} : { fillValue: fill }),
    ...(separator === undefined ? {} : { separator: separatorOf(separator) }),
  }
}

/** "10,20": whole numbers; a trailing comma is allowed, and nothing at all is no dimension. Throws UsageError. */
export function lengths(text: string, option: string): number[] {
  const trimmed = text
    .trim()
    .replace(/^[([](.*)[)\]]$/s, '$1')
    .trim()
    .replace(/,$/, '')
  if (trimmed === '') return []
  return trimmed.split(',').map((part) => {
    const value = /^\s*\d{1,16}\s*$/.test(part) ? Number(part) : NaN
    if (!Number.isSafeInteger(value))
      throw new UsageError(`--${option} needs whole numbers joined by commas, not "${text}".`)
    return value
  })
}

function chunkList(text: string): 'auto' | (number | null)[] {
  if (text === 'auto') return 'auto'
  if (text.trim() === '') return []
  return text.split(',').map((part) => {
    const word = part.trim().toLowerCase()
    return word === 'none' || word === '-1' ? null : (lengths(word, 'chunks')[0] ?? refuse(text))
  })
}

function refuse(text: string): never {
  throw new UsageError(`--chunks needs whole numbers or "none" joined by commas, not "${text}".`)
}

function orderOf(text: string): 'C' | 'F' {
  if (text === 'C' || text === 'F') return text
  throw new UsageError(`--order is C or F, not "${text}".`)
}

function separatorOf(text: string): '.' | '/' {
  if (text === '.' || text === '/') return text
  throw new UsageError(`--separator is . or /, not "${text}".`)
}
