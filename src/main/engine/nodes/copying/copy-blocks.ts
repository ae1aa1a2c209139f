import { product } from '@shared/selection/counts'
import type { DimSlice } from '@shared/selection/selection'
import type { ItemSource, Region } from './item-source'

/** Canonical bytes read at a time; two such blocks and their encoded chunks are held at once. */
export const BLOCK_BYTES = 64 * 2 ** 20
/** Grids of fewer blocks are walked through; of more only the blocks that hold stored chunks are visited. */
const FEW_BLOCKS = 4096

/** How an array is cut into blocks of whole stored chunks, each read and written in one go. */
export interface BlockGrid {
  shape: readonly number[]
  /** Whole numbers of target chunks; the last block of a dimension is cut at the array's end. */
  block: number[]
  counts: number[]
}

/**
 * Blocks as large as memory allows: first as long as the source's chunks, so that each of these is read once, then
 * along the last dimensions. A stored chunk of the target is never split, however large it is.
 */
export function blockGrid(
  shape: readonly number[],
  targetChunks: readonly number[],
  sourceChunks: readonly number[] | null,
  itemBytes: number,
): BlockGrid {
  const block = targetChunks.map((length, k) => Math.max(1, Math.min(length, roundUp(shape[k]!, length))))
  const room = (k: number): number =>
    Math.floor(BLOCK_BYTES / (block.reduce((n, length) => n * length, Math.max(1, itemBytes)) / block[k]!))
  const grow = (wanted: readonly number[]): void => {
    for (let k = block.length - 1; k >= 0; k--) {
      const length = targetChunks[k]!
      const most = Math.min(roundUp(Math.min(wanted[k]!, shape[k]!), length), roundDown(room(k), length))
      if (most > block[k]!) block[k] = most
    }
  }
  if (sourceChunks) grow(sourceChunks)
  grow(shape)
  return { shape, block, counts: shape.map((length, k) => Math.ceil(length / block[k]!)) }
}

const roundUp = (length: number, unit: number): number => Math.ceil(length / unit) * unit
const roundDown = (length: number, unit: number): number => Math.floor(length / unit) * unit

/** Number of blocks; no longer exact beyond 2^53. */
export const blockCount = ({ counts }: BlockGrid): number => product(counts)

/** The part of the array that a block covers. */
export function blockRegion({ shape, block }: BlockGrid, coords: readonly number[]): Region {
  const start = coords.map((c, k) => c * block[k]!)
  return { start, shape: start.map((first, k) => Math.min(block[k]!, shape[k]! - first)) }
}

export const itemsOf = ({ shape }: Region): number => product(shape)

export const regionDims = ({ start, shape }: Region): DimSlice[] =>
  start.map((first, k) => ({ start: first, step: 1, count: shape[k]! }))

/** The blocks to visit, in C order, and the number of items in them. With `sparse`, blocks that hold nothing but the fill value may be left out. */
export async function blocksOf(
  source: Pick<ItemSource, 'stored'>,
  grid: BlockGrid,
  sparse: boolean,
  signal?: AbortSignal,
): Promise<{ total: number; blocks: Iterable<number[]> }> {
  const items = product(grid.shape)
  if (!sparse || !source.stored || blockCount(grid) <= FEW_BLOCKS)
    return { total: items, blocks: everyBlock(grid.counts) }
  const found = new Set<string>()
  for await (const { start, shape } of source.stored(signal)) {
    const first = start.map((s, k) => Math.floor(s / grid.block[k]!))
    const counts = shape.map((length, k) => {
      const end = Math.min(start[k]! + length, grid.shape[k]!)
      return Math.ceil(end / grid.block[k]!) - first[k]!
    })
    for (const inside of everyBlock(counts)) found.add(inside.map((c, k) => c + first[k]!).join())
  }
  const blocks = [...found].map((text) => text.split(',').map(Number)).sort(inOrder)
  const total = blocks.reduce((n, coords) => n + itemsOf(blockRegion(grid, coords)), 0)
  return { total, blocks }
}

/** Every place of a grid in C order. */
export function* everyBlock(counts: readonly number[]): Generator<number[]> {
  if (counts.some((count) => count <= 0)) return
  const coords = counts.map(() => 0)
  for (;;) {
    yield [...coords]
    let k = coords.length - 1
    while (k >= 0 && coords[k] === counts[k]! - 1) coords[k--] = 0
    if (k < 0) return
    coords[k]! += 1
  }
}

function inOrder(a: readonly number[], b: readonly number[]): number {
  const k = a.findIndex((c, i) => c !== b[i])
  return k < 0 ? 0 : a[k]! - b[k]!
}
