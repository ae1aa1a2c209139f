/**
 * The innermost two loops of a strided copy, one function per unit so that each stays monomorphic. Indices and strides
 * count elements of the views. Eight-byte units move as two halves: a double could lose the payload of a NaN.
 */
export interface Plane {
  /** Outer and inner count, and how far one step goes on either side. */
  rows: number
  columns: number
  fromRow: number
  fromColumn: number
  toRow: number
  toColumn: number
}

export function copy8(from: Uint8Array, to: Uint8Array, f0: number, t0: number, plane: Plane): void {
  const { rows, columns, fromRow, fromColumn, toRow, toColumn } = plane
  for (let r = 0; r < rows; r++, f0 += fromRow, t0 += toRow) {
    for (let c = 0, f = f0, t = t0; c < columns; c++, f += fromColumn, t += toColumn) to[t] = from[f]!
  }
}

export function copy16(from: Uint16Array, to: Uint16Array, f0: number, t0: number, plane: Plane): void {
  const { rows, columns, fromRow, fromColumn, toRow, toColumn } = plane
  for (let r = 0; r < rows; r++, f0 += fromRow, t0 += toRow) {
    for (let c = 0, f = f0, t = t0; c < columns; c++, f += fromColumn, t += toColumn) to[t] = from[f]!
  }
}

export function copy32(from: Int32Array, to: Int32Array, f0: number, t0: number, plane: Plane): void {
  const { rows, columns, fromRow, fromColumn, toRow, toColumn } = plane
  for (let r = 0; r < rows; r++, f0 += fromRow, t0 += toRow) {
    for (let c = 0, f = f0, t = t0; c < columns; c++, f += fromColumn, t += toColumn) to[t] = from[f]!
  }
}

/** Views and strides in halves of four bytes. */
export function copy64(from: Int32Array, to: Int32Array, f0: number, t0: number, plane: Plane): void {
  const { rows, columns, fromRow, fromColumn, toRow, toColumn } = plane
  for (let r = 0; r < rows; r++, f0 += fromRow, t0 += toRow) {
    for (let c = 0, f = f0, t = t0; c < columns; c++, f += fromColumn, t += toColumn) {
      to[t] = from[f]!
      to[t + 1] = from[f + 1]!
    }
  }
}

export function swap16(from: Uint16Array, to: Uint16Array, f0: number, t0: number, plane: Plane): void {
  const { rows, columns, fromRow, fromColumn, toRow, toColumn } = plane
  for (let r = 0; r < rows; r++, f0 += fromRow, t0 += toRow) {
    for (let c = 0, f = f0, t = t0; c < columns; c++, f += fromColumn, t += toColumn) {
      const v = from[f]!
      to[t] = (v << 8) | (v >>> 8)
    }
  }
}

export function swap32(from: Int32Array, to: Int32Array, f0: number, t0: number, plane: Plane): void {
  const { rows, columns, fromRow, fromColumn, toRow, toColumn } = plane
  for (let r = 0; r < rows; r++, f0 += fromRow, t0 += toRow) {
    for (let c = 0, f = f0, t = t0; c < columns; c++, f += fromColumn, t += toColumn)
      to[t] = reversed(from[f]!)
  }
}

/** Views and strides in halves of four bytes. */
export function swap64(from: Int32Array, to: Int32Array, f0: number, t0: number, plane: Plane): void {
  const { rows, columns, fromRow, fromColumn, toRow, toColumn } = plane
  for (let r = 0; r < rows; r++, f0 += fromRow, t0 += toRow) {
    for (let c = 0, f = f0, t = t0; c < columns; c++, f += fromColumn, t += toColumn) {
      const low = reversed(from[f + 1]!)
      to[t + 1] = reversed(from[f]!)
      to[t] = low
    }
  }
}

/** Any unit at any alignment, byte by byte; strides in bytes. */
export function copyBytes(
  from: Uint8Array,
  to: Uint8Array,
  f0: number,
  t0: number,
  plane: Plane,
  unit: number,
  swap: boolean,
): void {
  const { rows, columns, fromRow, fromColumn, toRow, toColumn } = plane
  const last = swap ? unit - 1 : 0
  for (let r = 0; r < rows; r++, f0 += fromRow, t0 += toRow) {
    for (let c = 0, f = f0, t = t0; c < columns; c++, f += fromColumn, t += toColumn) {
      for (let b = 0; b < unit; b++) to[t + b] = from[f + (swap ? last - b : b)]!
    }
  }
}

const reversed = (v: number): number => (v << 24) | ((v & 0xff00) << 8) | ((v >>> 8) & 0xff00) | (v >>> 24)
