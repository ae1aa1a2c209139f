import { UsageError } from '@shared/errors'
import type { CodecSetting } from '@shared/model/trials'
import { splitOutsideJson } from '@shared/trials/split-text'
import { parseCodecText } from '../nodes/creation/codec-text'
import { isUnscaled, scaledCodec, type ValueRange } from './scaled-filter'

const ORDER = /^[CF]$/
/** Codecs that only prepare the items or bytes for a compressor, or check them. */
const FILTERS = new Set([
  'delta',
  'bitround',
  'quantize',
  'fixedscaleoffset',
  'astype',
  'packbits',
  'categorize',
  'shuffle',
  'crc32',
  'crc32c',
  'adler32',
  'fletcher32',
  'base64',
  'jenkins_lookup3',
  'cast_value',
  'scale_offset',
])

/**
 * A candidate as people type it: codecs joined by "+" in encoding order, each as a codec text or JSON, with "C" or "F"
 * in front where the order is to be another: "delta:<i4+zstd:3", "F+blosc:lz4:5:shuffle". The last codec is the
 * compressor unless it is a filter. Throws UsageError that names what is wrong.
 *
 * @param order the order where the text names none
 * @param range what "fixedscaleoffset:u2" without scale and offset is scaled to
 */
export function parseChain(
  text: string,
  order: 'C' | 'F',
  range: ValueRange = { min: 0, max: 1 },
): CodecSetting {
  const [first = '', ...rest] = splitOutsideJson(text, '+').map((part) => part.trim())
  const named = ORDER.test(first)
  const parts = (named ? rest : [first, ...rest])
    .filter((part) => part !== 'none')
    .map((part) => scaledCodec(part, range))
  if (parts.includes('') || (named && rest.length === 0))
    throw new UsageError(
      `The candidate "${text}" is not right: codecs are joined by "+", such as delta:<i4+zstd:3.`,
    )
  const codecs = parts.map((part) => ({ part, isFilter: isFilter(part) }))
  const last = codecs.at(-1)
  const compressor = last && !last.isFilter ? last.part : null
  const filters = compressor === null ? parts : parts.slice(0, -1)
  return { order: named ? (first as 'C' | 'F') : order, filters, compressor }
}

/** Whether a candidate leaves the scale of a filter to the sample. */
export const isScaledBySample = (text: string): boolean => splitOutsideJson(text, '+').some(isUnscaled)

/** The same as text; `order` is that which goes without saying. */
export function formatChain({ order: wanted, filters, compressor }: CodecSetting, order: 'C' | 'F'): string {
  const codecs = [...filters, ...(compressor === null ? [] : [compressor])]
  return [...(wanted === order ? [] : [wanted]), ...(codecs.length === 0 ? ['none'] : codecs)].join('+')
}

function isFilter(part: string): boolean {
  const codec = parseCodecText(part)
  const name = codec?.get('id') ?? codec?.get('name')
  return typeof name === 'string' && FILTERS.has(name.replace(/^numcodecs\./, ''))
}
