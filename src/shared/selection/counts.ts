/** Number of items of a shape or of chunks of a grid; beyond 2^53 no longer exact, but still too large for every limit. */
export const product = (lengths: readonly number[]): number =>
  lengths.reduce((total, length) => total * length, 1)

/** Number of cells of a slice. */
export const cellCount = (dims: readonly { count: number }[]): number =>
  dims.reduce((total, { count }) => total * count, 1)
