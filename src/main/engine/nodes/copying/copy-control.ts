import { itemSize } from '@shared/dtype/itemsize'
import type { DataTypeSpec } from '@shared/dtype/spec'

/** What a copy tells while it goes on. */
export interface CopyProgress {
  /** Bytes of items that were copied, and read back where that was asked for; those that need no visit are not counted. */
  done: number
  total: number
  /** Stored bytes of chunks written so far. */
  bytes: number
  phase: 'copying' | 'verifying'
}

export interface CopyControl {
  signal?: AbortSignal | undefined
  onProgress?: ((progress: CopyProgress) => void) | undefined
  /** Waited for before each block: a copy that is paused goes on when it fulfils. */
  gate?: (() => Promise<void>) | undefined
}

/** Assumed bytes of an item of varying length. */
const VARIABLE_BYTES = 256

/** Bytes of one canonical item, as far as they can be told before it is read. */
export const itemBytesOf = (dtype: DataTypeSpec): number => itemSize(dtype) ?? VARIABLE_BYTES

/** Bytes of all items of an array, which a copy has to go through. */
export const itemsBytes = ({ shape, dtype }: { shape: readonly number[]; dtype: DataTypeSpec }): number =>
  shape.reduce((n, length) => n * length, itemBytesOf(dtype))

/** The control of one of several passes over the same items, whose reports cover them all. */
export function passOf(
  control: CopyControl,
  pass: { index: number; count: number; phase: CopyProgress['phase']; bytes?: number },
): CopyControl {
  const { index, count, phase, bytes } = pass
  return {
    ...control,
    onProgress: (report) =>
      control.onProgress?.({
        done: report.total * index + report.done,
        total: report.total * count,
        bytes: bytes ?? report.bytes,
        phase,
      }),
  }
}

/** The control of one part of a copy of many, whose reports are about the whole. */
export function partOf(
  control: CopyControl,
  part: { before: number; weight: number; total: number; bytes: number },
): CopyControl {
  const { before, weight, total, bytes } = part
  return {
    ...control,
    onProgress: (report) =>
      control.onProgress?.({
        done: before + (report.total > 0 ? report.done / report.total : 1) * weight,
        total,
        bytes: bytes + report.bytes,
        phase: report.phase,
      }),
  }
}
