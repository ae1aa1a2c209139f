/** How an array is cut into chunks, as metadata states it. */
export type ChunkGridSpec =
  | { kind: 'regular'; shape: number[] }
  /** Declared chunk lengths per dimension; their sum may exceed the array's length. */
  | { kind: 'rectilinear'; edges: number[][] }

/** One dimension of a chunk grid. Numbers count items or chunks and are exact up to 2^53. */
export interface GridAxis {
  /** Items of the array along this dimension. */
  readonly length: number
  /** Chunks that hold at least one item of the array. */
  readonly chunks: number
  /** The chunk that holds item `index` (0 ≤ index < length). */
  chunkAt(index: number): number
  /** Index of the first item of a chunk. */
  start(chunk: number): number
  /** Declared length of a chunk, also where it runs over the array's end. */
  size(chunk: number): number
}

/** A chunk grid over an array; it holds nothing per chunk, so that 10^15 chunks cost no more than one. */
export interface ChunkGrid {
  /** Shape of the array. */
  readonly shape: readonly number[]
  /** Chunks per dimension. */
  readonly gridShape: readonly number[]
  readonly axes: readonly GridAxis[]
}

/** The grid that `spec` lays over an array of `shape`; both have the same number of dimensions. */
export function chunkGrid(spec: ChunkGridSpec, shape: readonly number[]): ChunkGrid {
  const axes = shape.map((length, k) =>
    spec.kind === 'regular' ? regularAxis(length, spec.shape[k]!) : edgeAxis(length, spec.edges[k]!),
  )
  return { shape, gridShape: axes.map((axis) => axis.chunks), axes }
}

/** Grid coordinates of the chunk that holds the item at `index`. */
export const chunkOf = (grid: ChunkGrid, index: readonly number[]): number[] =>
  index.map((i, k) => grid.axes[k]!.chunkAt(i))

/** Array index of a chunk's first item. */
export const chunkStart = (grid: ChunkGrid, coords: readonly number[]): number[] =>
  coords.map((c, k) => grid.axes[k]!.start(c))

/** Declared shape of a chunk: what a stored chunk decodes to, also at the array's edge. */
export const chunkShape = (grid: ChunkGrid, coords: readonly number[]): number[] =>
  coords.map((c, k) => grid.axes[k]!.size(c))

/** Shape of the part of a chunk that lies inside the array. */
export const clippedShape = (grid: ChunkGrid, coords: readonly number[]): number[] =>
  coords.map((c, k) => {
    const axis = grid.axes[k]!
    return Math.min(axis.size(c), axis.length - axis.start(c))
  })

/** Number of chunks of the grid, exact at any size; 1 for an array without dimensions. */
export const chunkCount = (grid: ChunkGrid): bigint => grid.gridShape.reduce((n, c) => n * BigInt(c), 1n)

/** Every chunk's coordinates in C order, one at a time. */
export function* chunkCoordinates(grid: ChunkGrid): Generator<number[]> {
  if (grid.gridShape.includes(0)) return
  const coords = grid.gridShape.map(() => 0)
  for (;;) {
    yield [...coords]
    let k = coords.length - 1
    while (k >= 0 && coords[k] === grid.gridShape[k]! - 1) coords[k--] = 0
    if (k < 0) return
    coords[k]! += 1
  }
}

/** Equal chunks. `i / size` rounded down is exact: below 2^53 no quotient rounds up to the next integer. */
function regularAxis(length: number, size: number): GridAxis {
  return {
    length,
    chunks: Math.ceil(length / size),
    chunkAt: (index) => Math.floor(index / size),
    start: (chunk) => chunk * size,
    size: () => size,
  }
}

/** Chunks of declared lengths; those that begin beyond the array's end do not count. */
function edgeAxis(length: number, edges: readonly number[]): GridAxis {
  const starts = new Float64Array(edges.length)
  let end = 0
  let chunks = 0
  for (const size of edges) {
    if (end >= length) break
    starts[chunks++] = end
    end += size
  }
  return {
    length,
    chunks,
    chunkAt: (index) => lastAtMost(starts, chunks, index),
    start: (chunk) => starts[chunk]!,
    size: (chunk) => edges[chunk]!,
  }
}

/** Position of the last of the first `count` ascending values that is ≤ `wanted`. */
function lastAtMost(values: Float64Array, count: number, wanted: number): number {
  let low = 0
  let high = count - 1
  while (low < high) {
    const middle = (low + high + 1) >>> 1
    if (values[middle]! <= wanted) low = middle
    else high = middle - 1
  }
  return low
}
