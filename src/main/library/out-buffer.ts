import { UsageError } from '@shared/errors'
import { itemSize } from '@shared/dtype/itemsize'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { selectionSize } from '@shared/selection/describe'
import type { Selection } from '@shared/selection/selection'

/**
 * Where workers may write straight into the caller's buffer: on shared memory. undefined where the result must be
 * copied there. Throws UsageError where the buffer is no typed array or does not hold exactly the result.
 */
export function sharedTarget(
  out: unknown,
  selection: Selection,
  dtype: DataTypeSpec,
): { buffer: SharedArrayBuffer; byteOffset: number } | undefined {
  if (!ArrayBuffer.isView(out)) throw new UsageError('`out` must be a typed array.')
  const size = itemSize(dtype)
  if (size === null) throw new UsageError('`out` cannot take items of varying length.')
  const bytes = selectionSize(selection) * size
  if (out.byteLength !== bytes) {
    throw new UsageError(`\`out\` has ${out.byteLength} bytes; the selection has ${bytes}.`)
  }
  const { buffer, byteOffset } = out
  return buffer instanceof SharedArrayBuffer ? { buffer, byteOffset } : undefined
}

/** Copies the canonical bytes into the caller's typed array. */
export function intoCallersBuffer<T>(out: T, bytes: Uint8Array): T {
  const view = out as unknown as ArrayBufferView
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(bytes)
  return out
}
