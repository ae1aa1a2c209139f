import type { DataType, ItemValue } from '@shared/dtype/data-type'

export type NumberFormat =
  | { kind: 'auto' }
  | { kind: 'digits'; digits: number }
  | { kind: 'scientific' }
  | { kind: 'hex' }
  | { kind: 'raw' }

/** Text of one cell. Formats that say nothing about a type (digits of a string) leave it as NumPy prints it. */
export function cellText(dtype: DataType, value: ItemValue, bytes: Uint8Array, format: NumberFormat): string {
  switch (format.kind) {
    case 'auto':
      return dtype.format(value)
    case 'raw':
      return hexBytes(bytes)
    case 'hex':
      return hexText(dtype, value, bytes)
    case 'digits':
    case 'scientific':
      return numberText(value, format) ?? dtype.format(value)
  }
}

/** A number with the digits that a format asks for; undefined where it asks for none, or the value is no finite number. */
export function numberText(value: ItemValue, format: NumberFormat): string | undefined {
  if (format.kind === 'digits') return numeric(value, (n) => trimZeros(n.toPrecision(format.digits)))
  if (format.kind === 'scientific') return numeric(value, (n) => n.toExponential(6))
  return undefined
}

function numeric(value: ItemValue, show: (n: number) => string): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? show(value) : undefined
  if (Array.isArray(value) && value.length === 2) {
    const [re, im] = value
    if (typeof re === 'number' && typeof im === 'number')
      return `${showPart(re, show)}${im < 0 || Object.is(im, -0) ? '-' : '+'}${showPart(Math.abs(im), show)}j`
  }
  return undefined
}

const showPart = (n: number, show: (n: number) => string): string =>
  Number.isFinite(n) ? show(n) : String(n)

/** 1.50000 → 1.5; exponents stay. */
function trimZeros(text: string): string {
  const [mantissa = '', exponent] = text.split('e')
  const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa
  return exponent === undefined ? short : `${short}e${exponent}`
}

function hexText(dtype: DataType, value: ItemValue, bytes: Uint8Array): string {
  const { kind } = dtype.spec
  if (kind === 'int' || kind === 'uint') {
    const n = BigInt(value as number | bigint)
    return n < 0n ? `-0x${(-n).toString(16)}` : `0x${n.toString(16)}`
  }
  // Floats and the rest: the bit pattern, most significant byte first.
  return bytes.byteLength <= 16
    ? `0x${hexBytes(bytes.slice().reverse()).replaceAll(' ', '')}`
    : hexBytes(bytes)
}

/** Bytes in hexadecimal, the first `most` of them. */
export function hexBytes(bytes: Uint8Array, most = 64): string {
  const shown = Array.from(bytes.subarray(0, most), (b) => b.toString(16).padStart(2, '0')).join(' ')
  return bytes.byteLength > most ? `${shown} … (${bytes.byteLength} bytes)` : shown
}

/** Text, bytes and composite values read from the left; numbers align right. */
export const isLeftAligned = (dtype: DataType): boolean =>
  !['bool', 'int', 'uint', 'float', 'complex', 'datetime', 'timedelta'].includes(dtype.spec.kind)

/** A width that fits most values of a type, in pixels, before any were seen. */
export function typicalWidth(dtype: DataType): number {
  switch (dtype.spec.kind) {
    case 'bool':
      return 64
    case 'int':
    case 'uint':
      return dtype.spec.bits <= 16 ? 72 : dtype.spec.bits === 32 ? 96 : 132
    case 'float':
      return 104
    case 'complex':
      return 176
    case 'datetime':
      return 200
    case 'timedelta':
      return 120
    default:
      return 168
  }
}
