import { LimitError, NodeNotFoundError } from '@shared/errors'
import { itemSize } from '@shared/dtype/itemsize'
import { dataType } from '@shared/dtype/registry'
import { cellCount } from '@shared/selection/counts'
import { formatSelection } from '@shared/selection/describe'
import type { DimSlice } from '@shared/selection/selection'
import { checkedDims } from '../nodes/checked-dims'
import type { ZarrArray } from '../nodes/array'
import { openNode } from '../nodes/open'
import type { PlanContext } from './plan-types'
import { shortened } from './words'

/** Chunks (shards, where sharded) that one edit may touch, and the bytes that they may decode to. */
const MAX_CHUNKS = 100_000
const MAX_DECODED_BYTES = 4 * 2 ** 30
/** Bytes that an item of varying length is taken to have. */
const USUAL_ITEM = 64

/** A region of an array that an edit concerns. */
export interface Region {
  array: ZarrArray
  selection: { kind: 'basic'; dims: DimSlice[] }
  cells: number
  /** As people write it: "3, :, 0:10". */
  text: string
}

/** Opens the array of an edit; throws NodeNotFoundError for groups. */
export async function openArray({ draft, nodes, signal }: PlanContext, path: string): Promise<ZarrArray> {
  const node = await openNode(draft, path, nodes, { signal })
  if (node.kind === 'array') return node
  throw new NodeNotFoundError(path, `"${path}" is a group, not an array.`)
}

/** The region that an edit names. Throws SelectionError outside of the array, LimitError where it is too large. */
export async function openRegion(
  context: PlanContext,
  path: string,
  dims: Parameters<typeof checkedDims>[1],
): Promise<Region> {
  const array = await openArray(context, path)
  const region = regionOf(array, dims)
  const { chunks, bytes } = touched(region)
  if (chunks > MAX_CHUNKS)
    throw new LimitError('The number of chunks that this edit touches', chunks, MAX_CHUNKS)
  if (bytes > MAX_DECODED_BYTES)
    throw new LimitError('The size of the chunks that this edit touches, in bytes,', bytes, MAX_DECODED_BYTES)
  return region
}

export function regionOf(array: ZarrArray, dims: Parameters<typeof checkedDims>[1]): Region {
  const selection = { kind: 'basic', dims: checkedDims(array.shape, dims) } as const
  const cells = cellCount(selection.dims)
  return { array, selection, cells, text: formatSelection(selection, array.shape) }
}

/** Stored chunks that a region touches, and the bytes they decode to. */
export function touched({ array, selection }: Region): { chunks: number; bytes: number } {
  let chunks = 1
  let items = 1
  selection.dims.forEach(({ start, step, count }, k) => {
    const axis = array.grid.axes[k]!
    if (count === 0) return (chunks = 0)
    const ends = [start, start + step * (count - 1)]
    const [first, last] = [axis.chunkAt(Math.min(...ends)), axis.chunkAt(Math.max(...ends))]
    chunks *= Math.min(count, last - first + 1)
    items *= axis.size(first)
  })
  const { dtype } = array.metadata
  return { chunks, bytes: chunks * items * ((dtype && itemSize(dtype)) ?? USUAL_ITEM) }
}

/** The text of the one cell of a region; nothing for larger ones, and for cells that cannot be read. */
export async function cellText({ array, selection, cells }: Region): Promise<string | undefined> {
  if (cells !== 1) return undefined
  const { data, offsets, failures } = await array.read(selection)
  if (failures.length > 0) return undefined
  const type = dataType(array.dtype)
  const value = offsets ? type.read(data, offsets[0]!, offsets[1]) : type.read(data, 0)
  return shortened(type.format(value))
}
