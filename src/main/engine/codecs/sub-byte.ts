import type { DataTypeSpec } from '@shared/dtype/spec'

/**
 * Makes stored items of fewer than eight bits canonical: the upper bits of their byte, which formats leave open, become
 * the sign of integers and zero otherwise. Undefined for types that fill their bytes; records are left as they are.
 */
export function subByteItems(dtype: DataTypeSpec): ((data: Uint8Array) => Uint8Array) | undefined {
  const bits = significantBits(dtype)
  if (bits === 8) return undefined
  const shift = 8 - bits
  const table = Uint8Array.from({ length: 256 }, (_, byte) =>
    dtype.kind === 'int' ? (byte << (24 + shift)) >> (24 + shift) : byte & (0xff >> shift),
  )
  return (data) => data.map((byte) => table[byte]!)
}

function significantBits(dtype: DataTypeSpec): number {
  switch (dtype.kind) {
    case 'int':
    case 'uint':
      return Math.min(8, dtype.bits)
    case 'float':
      return floatBits(dtype.format)
    case 'complex':
      return floatBits(dtype.part)
    default:
      return 8
  }
}

const floatBits = (format: string): number => Number(/^float([46])_/.exec(format)?.[1] ?? 8)
