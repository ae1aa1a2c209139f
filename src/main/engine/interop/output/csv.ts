import { UsageError } from '@shared/errors'
import { stringifyJson } from '@shared/json/stringify'
import type { DataType, ItemValue } from '@shared/dtype/data-type'
import { itemValues } from '../../nodes/item-values'
import { dataType } from '@shared/dtype/registry'
import type { ResultFormat, ResultHead } from './result-format'

/**
 * RFC 4180 with one line per row: an item a line for one dimension, a row a line for two; records of one dimension get
 * a column per field and a line of names. Floats are printed so that they read back exactly.
 *
 * `guard` puts an apostrophe before text that a spreadsheet would run as a formula. Throws UsageError for more than two
 * dimensions.
 */
export function csvFormat({ shape, dtype }: ResultHead, guard: boolean): ResultFormat {
  if (shape.length > 2) {
    throw new UsageError(
      `csv has room for two dimensions, not ${shape.length}; select fewer, or use npy, json or raw.`,
    )
  }
  const { spec } = dtype
  const fields =
    spec.kind === 'struct' && shape.length < 2
      ? spec.fields.map((f) => ({ name: f.name, type: dataType(f.type) }))
      : undefined
  const columns = shape.length === 2 ? shape[1]! : 1
  let item = 0
  return {
    binary: false,
    begin: () => (fields ? `${fields.map((f) => quoted(f.name)).join(',')}\r\n` : ''),
    items(data, offsets) {
      let out = ''
      for (const value of itemValues(dtype, data, offsets)) {
        item++
        out += fields
          ? fields.map((f) => cell((value as Record<string, ItemValue>)[f.name]!, f.type, guard)).join(',')
          : cell(value, dtype, guard)
        out += item % columns === 0 ? '\r\n' : ','
      }
      return out
    },
    end: () => '',
  }
}

function cell(value: ItemValue, dtype: DataType, guard: boolean): string {
  const { kind } = dtype.spec
  if (typeof value === 'string' && (kind === 'text' || kind === 'vlen-text')) {
    return quoted(guard && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value)
  }
  if (kind === 'bytes' || kind === 'raw' || kind === 'vlen-bytes')
    return Buffer.from(value as Uint8Array).toString('base64')
  if (kind === 'struct' || kind === 'subarray' || kind === 'vlen-array' || kind === 'object') {
    return quoted(stringifyJson(dtype.toJson(value)))
  }
  return quoted(dtype.format(value))
}

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
