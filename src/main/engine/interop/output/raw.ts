import { npyHeader } from '../npy'
import type { ResultFormat, ResultHead } from './result-format'

/** Canonical bytes one after the other; items of varying length as u32 little-endian byte length, then the bytes. */
export function rawFormat({ shape, dtype }: ResultHead): ResultFormat {
  return {
    binary: true,
    bytes: dtype.itemsize === null ? undefined : shape.reduce((n, length) => n * length, dtype.itemsize),
    begin: () => '',
    items: (data, offsets) => (offsets ? prefixed(data, offsets) : data),
    end: () => '',
  }
}

/** An .npy file; throws UnsupportedError for types that .npy cannot hold. */
export function npyFormat(head: ResultHead): ResultFormat {
  const header = npyHeader(head.dtype.spec, head.shape)
  return { ...rawFormat(head), begin: () => header }
}

function prefixed(data: Uint8Array, offsets: Uint32Array): Uint8Array {
  const items = offsets.length - 1
  const out = new Uint8Array(items * 4 + (offsets[items] ?? 0) - (offsets[0] ?? 0))
  const view = new DataView(out.buffer)
  let at = 0
  for (let i = 0; i < items; i++) {
    const item = data.subarray(offsets[i], offsets[i + 1])
    view.setUint32(at, item.length, true)
    out.set(item, at + 4)
    at += 4 + item.length
  }
  return out
}
