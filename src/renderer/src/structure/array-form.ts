import type { ArrayOptions } from '@shared/model/edits'
import type { ArrayField } from '@shared/model/preview'
import { parseFilters, parseLengths, parseNames, parseShape } from './layout-text'

/** A new array as it is typed. */
export interface ArrayText {
  name: string
  shape: string
  dtype: string
  chunks: string
  shards: string
  order: 'C' | 'F'
  fillValue: string
  compressor: string
  filters: string
  zarrFormat: '1' | '2' | '3'
  separator: string
  dimensionNames: string
  attributes: string
}

export const NEW_ARRAY: ArrayText = {
  name: '',
  shape: '1000, 1000',
  dtype: 'float32',
  chunks: 'auto',
  shards: '',
  order: 'C',
  fillValue: '0',
  compressor: 'blosc:zstd:1:shuffle',
  filters: '',
  zarrFormat: '3',
  separator: '',
  dimensionNames: '',
  attributes: '',
}

/** Format 1 has blosc, zlib, bz2 and lzma only; the other defaults are those of docs/decisions/0005. */
export const DEFAULT_COMPRESSOR: Record<ArrayText['zarrFormat'], string> = {
  1: 'blosc:blosclz:5:shuffle',
  2: 'blosc:lz4:5:shuffle',
  3: 'blosc:zstd:1:shuffle',
}

/** The options that were typed, or the field that cannot be read. */
export function arrayOptions(
  text: ArrayText,
): { options: ArrayOptions } | { field: ArrayField; message: string } {
  const shape = parseShape(text.shape)
  if ('wrong' in shape) return { field: 'shape', message: shape.wrong }
  const isAuto = ['', 'auto'].includes(text.chunks.trim().toLowerCase())
  const chunks = isAuto ? ({ value: 'auto' } as const) : parseLengths(text.chunks, { none: true })
  if ('wrong' in chunks) return { field: 'chunks', message: chunks.wrong }
  const shards = parseShape(text.shards.trim().toLowerCase() === 'none' ? '' : text.shards)
  if ('wrong' in shards) return { field: 'shards', message: shards.wrong }
  const fill = text.fillValue.trim()
  const compressor = text.compressor.trim()
  return {
    options: {
      shape: shape.value,
      chunks: chunks.value,
      shards: shards.value.length > 0 ? shards.value : null,
      dtype: text.dtype.trim() || 'float64',
      order: text.order,
      fillValue: fill === 'none' ? null : text.fillValue,
      compressor: compressor === '' || compressor === 'none' ? null : compressor,
      filters: parseFilters(text.filters),
      zarrFormat: Number(text.zarrFormat) as 1 | 2 | 3,
      ...(text.separator === '.' || text.separator === '/' ? { separator: text.separator } : {}),
      ...(text.dimensionNames.trim() === '' ? {} : { dimensionNames: parseNames(text.dimensionNames) }),
      ...(text.attributes.trim() === '' ? {} : { attributes: text.attributes }),
    },
  }
}
