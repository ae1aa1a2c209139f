import type { BlockPart } from '@shared/model/block'
import { isAborted, ZarrscopeError } from '@shared/errors'
import { itemSize } from '@shared/dtype/itemsize'
import { product } from '@shared/selection/counts'
import type { DimSlice } from '@shared/selection/selection'
import { ZarrArray, type ArrayReadResult } from '../nodes/array'
import { OverlayStore } from '../stores/overlay'

type Box = Pick<BlockPart, 'start' | 'shape'>

/** Boxes told at most; where more cells stand alone, their whole chunk is said to be edited. */
const MAX_BOXES = 4096
/** Boxes among which the one above a run is looked for. */
const RECENT = 64

/**
 * Boxes of a block whose cells are staged to be others than the store holds, as parts that lie over those of their chunks.
 * Only chunks with staged keys are looked at.
 */
export async function editedParts(
  array: ZarrArray,
  dims: readonly DimSlice[],
  block: ArrayReadResult,
  signal?: AbortSignal,
): Promise<BlockPart[]> {
  const { store, path, metadata, origin, context } = array
  if (!(store instanceof OverlayStore) || !store.isStagedBelow(path)) return []
  const behind = new ZarrArray(store.base, path, metadata, origin, { executor: context.executor })
  const found: BlockPart[] = []
  for (const part of block.parts) {
    if (part.state === 'error' || !store.staged.has(part.key)) continue
    const boxes = await differingBoxes(behind, dims, block, part, signal)
    const edited = { key: part.key, coords: part.coords, state: 'edited' } as const
    const isTooMuch = found.length + boxes.length > MAX_BOXES
    for (const { start, shape } of isTooMuch ? [part] : boxes) found.push({ ...edited, start, shape })
  }
  return found
}

async function differingBoxes(
  behind: ZarrArray,
  dims: readonly DimSlice[],
  block: ArrayReadResult,
  part: Box,
  signal: AbortSignal | undefined,
): Promise<Box[]> {
  try {
    const selection = { kind: 'basic', dims: partDims(dims, part) } as const
    const stored = await behind.readAll(selection, signal ? { signal } : {})
    return differences(block, stored, part)
  } catch (error) {
    if (isAborted(error) || !(error instanceof ZarrscopeError)) throw error
    // What cannot be read any more is another chunk altogether.
    return [part]
  }
}

/** The part of a selection that a box of its result stands for. */
function partDims(dims: readonly DimSlice[], { start, shape }: Box): DimSlice[] {
  let axis = 0
  return dims.map((dim) => {
    if (dim.drop) return dim
    const k = axis++
    return { start: dim.start + start[k]! * dim.step, step: dim.step, count: shape[k]! }
  })
}

/** Boxes of a part in which the block holds other items than the store. */
function differences(block: ArrayReadResult, stored: ArrayReadResult, part: Box): Box[] {
  const rank = block.shape.length
  const width = rank === 0 ? 1 : part.shape[rank - 1]!
  const rows = product(part.shape.slice(0, -1))
  const isSame = comparer(block, stored)
  const boxes: Box[] = []
  for (let row = 0; row < rows; row++) {
    const at = rowStart(part, row)
    const first = numberOf(at, block.shape)
    for (let i = 0; i < width; i++) {
      if (isSame(first + i, row * width + i)) continue
      const from = i
      while (i < width && !isSame(first + i, row * width + i)) i++
      add(boxes, at, from, i - from)
    }
  }
  return boxes
}

/** Adds a run of a row, to the box of the row above where that has the same one. */
function add(boxes: Box[], row: readonly number[], from: number, length: number): void {
  const last = row.length - 1
  if (last < 0) return void boxes.push({ start: [], shape: [] })
  const start = row.map((index, k) => (k === last ? index + from : index))
  const above = boxes
    .slice(-RECENT)
    .findLast(
      (box) =>
        last > 0 &&
        box.shape[last] === length &&
        start.every((index, k) => index === (k === last - 1 ? box.start[k]! + box.shape[k]! : box.start[k])),
    )
  if (above) above.shape[last - 1]! += 1
  else boxes.push({ start, shape: row.map((_, k) => (k === last ? length : 1)) })
}

/** Index in the block of the first item of a part's row. */
function rowStart({ start, shape }: Box, row: number): number[] {
  const at = [...start]
  for (let k = shape.length - 2; k >= 0; k--) {
    at[k]! += row % shape[k]!
    row = Math.floor(row / shape[k]!)
  }
  return at
}

const numberOf = (index: readonly number[], shape: readonly number[]): number =>
  index.reduce((n, i, k) => n * shape[k]! + i, 0)

/** Compares item `i` of the block with item `j` of the part as it is stored. */
function comparer(block: ArrayReadResult, stored: ArrayReadResult): (i: number, j: number) => boolean {
  const size = itemSize(block.dtype)
  const bytes = ({ data, offsets }: ArrayReadResult, i: number): Uint8Array =>
    size === null ? data.subarray(offsets![i], offsets![i + 1]) : data.subarray(i * size, (i + 1) * size)
  return (i, j) => Buffer.compare(bytes(block, i), bytes(stored, j)) === 0
}
