import type { SwapRun } from './numpy-dtype'

/** A copy of one item, or of several packed ones, with the bytes of the given numbers reversed. */
export function swapItems(bytes: Uint8Array, itemsize: number, swaps: readonly SwapRun[]): Uint8Array {
  const copy = bytes.slice()
  for (let item = 0; item + itemsize <= copy.length && itemsize > 0; item += itemsize) {
    for (const { offset, size, count } of swaps) {
      for (let i = 0; i < count; i++) {
        const at = item + offset + i * size
        copy.subarray(at, at + size).reverse()
      }
    }
  }
  return copy
}

/** Every number to reverse as `[offset, size]`, which is how the `bytes` codec takes mixed byte orders. */
export const swapPairs = (swaps: readonly SwapRun[]): [number, number][] =>
  swaps.flatMap(({ offset, size, count }) =>
    Array.from({ length: count }, (_, i): [number, number] => [offset + i * size, size]),
  )
