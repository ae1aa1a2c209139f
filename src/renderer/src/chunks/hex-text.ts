/** Bytes in a row of a hex view. */
export const ROW = 16

export interface HexRow {
  offset: string
  /** ROW entries; empty behind the end. */
  hex: string[]
  ascii: string
}

/** A row of a hex view: 8 digits of offset, pairs of digits, printable characters with dots for others. */
export function hexRow(bytes: Uint8Array, at: number): HexRow {
  const hex: string[] = []
  let ascii = ''
  for (let i = 0; i < ROW; i++) {
    const byte = bytes[i]
    hex.push(byte === undefined ? '' : byte.toString(16).padStart(2, '0'))
    if (byte !== undefined) ascii += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·'
  }
  return { offset: at.toString(16).padStart(8, '0'), hex, ascii }
}
