import { jsonInteger } from '@shared/json/access'
import type { JsonValue } from '@shared/json/value'
import type { CodecDefinition } from './codec'
import { compressor } from './compressor'
import type { Configuration } from './configuration'
import type { LzmaFilter } from './wasm/codec-params'

const [XZ, RAW] = [1, 3]

/**
 * LZMA with the parameters of Python's `lzma` module: format 1 .xz, 2 .lzma, 3 raw. A raw stream does not say how it
 * was filtered, so that `filters` are needed to read it; the others are read without.
 */
export const lzma: CodecDefinition = {
  name: 'numcodecs.lzma',
  about: 'LZMA as .xz, .lzma or raw filter chains',
  bindBytesToBytes(configuration, input, context) {
    const format = configuration.integer('format', { min: XZ, max: RAW, fallback: XZ }) as 1 | 2 | 3
    const check = configuration.integer('check', { min: -1, max: 15, fallback: -1 })
    const filters = filterChain(configuration)
    const preset = configuration.integer('preset', { min: 0, max: 2 ** 32 - 1, fallback: 6 })
    if (format === RAW && !filters) configuration.fail('filters', 'must be given for raw streams')
    return compressor(context, input, {
      decode: { codec: 'lzma', format, filters: format === RAW ? filters : null },
      encode: { codec: 'lzma', format, check, preset: filters ? null : preset, filters },
    })
  },
}

const FIELDS = [
  'preset',
  'dist',
  'dict_size',
  'lc',
  'lp',
  'pb',
  'mode',
  'nice_len',
  'mf',
  'depth',
  'start_offset',
] as const

function filterChain(configuration: Configuration): LzmaFilter[] | null {
  const stated = configuration.get('filters')
  if (stated === undefined) return null
  if (!Array.isArray(stated)) return configuration.fail('filters', 'must be a list')
  return stated.map((filter) =>
    filter instanceof Map ? oneFilter(configuration, filter) : unreadable(configuration),
  )
}

function oneFilter(configuration: Configuration, filter: ReadonlyMap<string, JsonValue>): LzmaFilter {
  const id = filter.get('id')
  if (typeof id !== 'bigint' && jsonInteger(id) === undefined) return unreadable(configuration)
  const known = Object.fromEntries(
    FIELDS.filter((name) => filter.has(name)).map((name) => [
      name,
      jsonInteger(filter.get(name)) ?? unreadable(configuration),
    ]),
  )
  if ([...filter.keys()].some((name) => name !== 'id' && !Object.hasOwn(known, name)))
    return unreadable(configuration)
  return { id: id as number | bigint, ...known }
}

const unreadable = (configuration: Configuration): never =>
  configuration.fail('filters', "must hold filters of Python's lzma module with whole numbers")
