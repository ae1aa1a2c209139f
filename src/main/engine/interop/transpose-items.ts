/** Items of a C-order array of `shape` with its dimensions in reverse order, again in C order. */
export function transposeItems(data: Uint8Array, shape: readonly number[], itemsize: number): Uint8Array {
  const out = new Uint8Array(data.length)
  const reversed = [...shape].reverse()
  // Stride in the input of each dimension of the output.
  const strides = shape
    .map((_, k) => shape.slice(k + 1).reduce((n, length) => n * length, itemsize))
    .reverse()
  const coords = reversed.map(() => 0)
  let from = 0
  for (let to = 0; to < out.length; to += itemsize) {
    for (let byte = 0; byte < itemsize; byte++) out[to + byte] = data[from + byte]!
    for (let k = coords.length - 1; k >= 0; k--) {
      from += strides[k]!
      if (++coords[k]! < reversed[k]!) break
      from -= strides[k]! * reversed[k]!
      coords[k] = 0
    }
  }
  return out
}
