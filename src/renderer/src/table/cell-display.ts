import { jsonString } from '@shared/json/access'
import type { DataType, ItemValue } from '@shared/dtype/data-type'
import type { NodeDetail } from '@shared/model/node'
import { type CfPacking, cfPacking } from '../slicer/cf-packing'
import { nodeAttributes } from '../slicer/node-attributes'
import { cellText, type NumberFormat, numberText } from './cell-text'

/** How stored numbers are shown as what they stand for; see the CF conventions. */
export interface Decoding {
  packing: CfPacking
  isMasked: (value: ItemValue) => boolean
  /** Units of the decoded values, "" where there are none. */
  units: string
}

export interface Display {
  format: NumberFormat
  /** Null: as stored. */
  decoding: Decoding | null
}

const NUMBERS: ReadonlySet<string> = new Set(['int', 'uint', 'float'])

/**
 * What the attributes of an array say about its numbers; null where they change nothing. In format 2 the fill value
 * stands for `_FillValue`, as xarray reads it.
 */
export function decodingOf(
  node: Pick<NodeDetail, 'zarrFormat' | 'attributesJson'>,
  fillValueJson: string | undefined,
  dtype: DataType,
): Decoding | null {
  if (!NUMBERS.has(dtype.spec.kind)) return null
  const attributes = nodeAttributes(node.attributesJson)
  const fill = node.zarrFormat === 2 ? fillMask(fillValueJson) : undefined
  const packing = cfPacking(attributes) ?? (fill === undefined ? null : PLAIN)
  if (!packing) return null
  const masked = [...packing.masked, ...(fill === undefined ? [] : [fill])].map((text) =>
    maskValue(text, dtype),
  )
  return {
    packing,
    isMasked: (value) => value !== value || masked.includes(value),
    units: packing.time ? '' : (jsonString(attributes.get('units')) ?? ''),
  }
}

const PLAIN: CfPacking = { scale: 1, offset: 0, masked: [], time: null }

/** A fill value of 0 or NaN is no mask that anybody chose. */
function fillMask(json: string | undefined): string | undefined {
  const text = json?.replaceAll('"', '')
  return text === undefined || text === 'null' || Number(text) === 0 || /nan/i.test(text) ? undefined : text
}

/** A mask as an item of the array's type; what the type cannot hold masks nothing. */
function maskValue(text: string, dtype: DataType): ItemValue {
  try {
    return dtype.read(dtype.parse(text), 0)
  } catch {
    return null
  }
}

/** Text of a cell. Raw bytes and hexadecimal digits are always those that are stored. */
export function displayText(
  dtype: DataType,
  value: ItemValue,
  bytes: Uint8Array,
  { format, decoding }: Display,
): { text: string; masked: boolean } {
  const isCode = format.kind === 'raw' || format.kind === 'hex'
  if (!decoding || isCode) return { text: cellText(dtype, value, bytes, format), masked: false }
  const isNumber = typeof value === 'number' || typeof value === 'bigint'
  if (!isNumber) return { text: dtype.format(value), masked: false }
  if (decoding.isMasked(value)) return { text: '–', masked: true }
  return { text: decodedText(dtype, value, decoding.packing, format), masked: false }
}

function decodedText(
  dtype: DataType,
  value: number | bigint,
  packing: CfPacking,
  format: NumberFormat,
): string {
  const { time } = packing
  const isScaled = packing.scale !== 1 || packing.offset !== 0
  if (time) return time(isScaled ? decodedNumber(value, packing) : value) ?? dtype.format(value)
  if (!isScaled) return numberText(value, format) ?? dtype.format(value)
  const decoded = decodedNumber(value, packing)
  // The product of two doubles: its last digit is noise.
  return numberText(decoded, format) ?? String(Number(decoded.toPrecision(15)))
}

/** The number that a stored one stands for, in double. */
const decodedNumber = (value: number | bigint, { scale, offset }: CfPacking): number =>
  Number(value) * scale + offset
