/** Texts for numbers and names as the screens show them. Locale-independent: a screenshot reads the same anywhere. */

const GROUPED = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** 1240 → "1,240". */
export const formatCount = (n: number): string => GROUPED.format(n)

export { formatBytes } from '@shared/byte-text'

/** A Python tuple: (365, 721), (5,), (). */
export const formatShape = (shape: readonly number[]): string =>
  shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`

/** Raw over stored: "170.4"; "–" where nothing is stored. */
export const formatRatio = (raw: number, stored: number): string =>
  stored > 0 ? (raw / stored).toFixed(1) : '–'

/** A share as "93.2 %"; never "100 %" unless it is all, never "0 %" unless it is none: "< 0.1 %", "> 99.9 %". */
export function formatShare(part: number, whole: number): string {
  if (whole <= 0) return '–'
  if (part >= whole) return '100 %'
  if (part <= 0) return '0 %'
  const percent = (100 * part) / whole
  if (percent < 0.1) return '< 0.1 %'
  return percent > 99.9 ? '> 99.9 %' : `${percent.toFixed(1)} %`
}

/**
 * A data type as it fits into a line: format 3 names some by a JSON object, of which the name is said, and the unit and
 * length as NumPy writes them. {"name":"numpy.datetime64","configuration":{"unit":"D","scale_factor":1}} → datetime64[D].
 * Records of format 2 are said by their fields: [["a","<f4"],["b","<i4"]] → struct(a, b).
 */
export function dtypeLabel(dtype: string): string {
  if (!dtype.startsWith('{') && !dtype.startsWith('[')) return dtype
  let parsed: unknown
  try {
    parsed = JSON.parse(dtype)
  } catch {
    return dtype
  }
  if (Array.isArray(parsed))
    return `struct(${parsed.map((field: unknown) => String([field].flat()[0])).join(', ')})`
  const { name, configuration } = parsed as { name?: unknown; configuration?: Record<string, unknown> }
  if (typeof name !== 'string') return dtype
  const { unit, scale_factor: scale = 1, length_bytes: length } = configuration ?? {}
  const short = name.replace(/^numpy\./, '')
  if (typeof unit === 'string') return `${short}[${scale === 1 ? '' : String(scale)}${unit}]`
  return typeof length === 'number' ? `${short}(${length})` : short
}

/** A fill value as people write it: the JSON of NaN and the infinities is a string only because JSON lacks them. */
export function fillText({
  fillValueJson,
  fillShown,
  dtype,
}: {
  fillValueJson: string
  fillShown?: string
  dtype: { kind: string } | null
}): string {
  if (fillShown !== undefined) return fillShown
  const isNumber = dtype !== null && ['float', 'complex'].includes(dtype.kind)
  return isNumber ? fillValueJson.replaceAll('"', '') : fillValueJson
}

/** The region of a chunk in NumPy's words: "0:24, 103:206". */
export const formatRegion = (start: readonly number[], shape: readonly number[]): string =>
  start.map((s, i) => `${s}:${s + (shape[i] ?? 0)}`).join(', ')

/** C0, DEL, C1, bidirectional controls, zero-width characters, line separators. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** Text from a store as it may be shown: characters that hide or reorder others become visible escapes. */
export const printable = (text: string): string =>
  text.replace(UNPRINTABLE, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)

/** The same for text of several lines, whose breaks and tabs stay. */
export const printableLines = (text: string): string => text.replace(/[^\r\n\t]+/g, printable)

/** The first `max` characters, the rest as an ellipsis. */
export const shorten = (text: string, max: number): string =>
  text.length <= max ? text : `${text.slice(0, max - 1)}…`

const DAY = 86_400_000

/** "today 14:03", "yesterday", "12 days ago", "2025-03-04". */
export function formatWhen(then: number, now: number): string {
  const date = new Date(then)
  const days = Math.floor((startOfDay(now) - startOfDay(then)) / DAY + 0.5)
  const two = (n: number): string => String(n).padStart(2, '0')
  if (days <= 0) return `today ${two(date.getHours())}:${two(date.getMinutes())}`
  if (days === 1) return 'yesterday'
  if (days < 30) return `${days} days ago`
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

const startOfDay = (t: number): number => new Date(t).setHours(0, 0, 0, 0)
