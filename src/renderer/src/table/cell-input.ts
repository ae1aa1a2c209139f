/** Cells as people type them: the text an editor starts with, and what becomes of it. */
import type { DataType, ItemValue } from '@shared/dtype/data-type'
import { fromBase64 } from '@shared/dtype/base64'
import { ValueError } from '@shared/errors'

/** Kinds whose text is taken as it is, spaces and line breaks included. */
const TEXTS: ReadonlySet<string> = new Set(['text', 'vlen-text'])
const BYTES: ReadonlySet<string> = new Set(['bytes', 'raw', 'vlen-bytes'])

/** Text that gives the same value when it is typed back. */
export const inputText = (dtype: DataType, value: ItemValue): string => dtype.format(value)

/** Texts, lists and JSON may have several lines. */
export const isMultiline = (dtype: DataType): boolean =>
  ['text', 'vlen-text', 'object', 'vlen-array', 'subarray'].includes(dtype.spec.kind)

/**
 * Canonical bytes of what was typed. Throws ValueError with the reason where the data type cannot hold it: nothing is
 * cut off, wrapped around or set to a limit. Bytes are taken as b'…', as base64 behind "base64:", or as plain text.
 */
export function parseInput(dtype: DataType, text: string): Uint8Array {
  const { kind } = dtype.spec
  if ((kind === 'text' || kind === 'bytes') && /\0$/.test(text))
    throw new ValueError('NUL characters at the end cannot be told from padding in this type.')
  if (TEXTS.has(kind)) return dtype.parse(text)
  const clean = text.trim()
  const encoded = BYTES.has(kind) ? /^base64:(.*)$/s.exec(clean) : null
  if (encoded) return dtype.encode(base64(encoded[1] ?? ''))
  if (BYTES.has(kind)) return dtype.parse(text)
  if (clean === '') throw new ValueError('A value is needed here; Delete sets the fill value.')
  return dtype.parse(clean)
}

function base64(text: string): Uint8Array {
  const bytes = fromBase64(text.trim())
  if (!bytes) throw new ValueError('This is not base64.')
  return bytes
}

/**
 * What will be stored where that is another number than the one that was typed: floats take the nearest value they
 * have. Undefined where it is the same.
 */
export function storedAs(dtype: DataType, text: string, bytes: Uint8Array): string | undefined {
  if (dtype.spec.kind !== 'float') return undefined
  const clean = text.trim().replaceAll('_', '')
  const value = dtype.read(bytes, 0)
  const shown = dtype.format(value)
  const isWhole = /^[+-]?\d+$/.test(clean)
  const isSame =
    isWhole && Number.isFinite(value)
      ? BigInt(clean) === BigInt(value as number)
      : Object.is(Number(clean), Number(shown))
  return isSame || Number.isNaN(value) || !/\d/.test(clean) ? undefined : shown
}
