import { itemSize } from '@shared/dtype/itemsize'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { selectionShape } from '@shared/selection/describe'
import type { DimIndices, DimSlice, Selection } from '@shared/selection/selection'
import { overlapped } from '../../cache/overlapped'
import { chunkGrid, type ChunkGrid } from '../../chunks/grid'
import { project } from '../../chunks/project'
import type { BoxProjection } from '../../chunks/projection'
import type { ZarrArray } from '../array'
import { asSelection } from '../slabs'
import { broadcastItems, resultStrides } from './broadcast'
import { castItems, type Casting, type Items } from './cast-items'
import { writeArray, type ArrayWriteOptions, type ItemBlock } from './write-array'

/** Something that holds items to write, too many perhaps to hold them all at once. */
export interface ItemSource {
  readonly shape: readonly number[]
  readonly dtype: DataTypeSpec
  /** Canonical items of a box, C order over the counts of `dims`. */
  read(dims: (DimSlice | DimIndices)[]): Promise<Items>
}

/** The items of an array, as a source. */
export const arraySource = (array: ZarrArray, signal?: AbortSignal): ItemSource => ({
  shape: array.shape,
  dtype: array.dtype,
  read: (dims) => array.readAll(asSelection(dims), signal ? { signal } : {}),
})

export interface WriteFromOptions extends ArrayWriteOptions {
  /** Items written so far. */
  onProgress?: ((done: number) => void) | undefined
  /** Waited for before each piece. */
  gate?: (() => Promise<void>) | undefined
}

/** Pieces are made of whole chunks and hold this many bytes or one chunk, whichever is more. */
const PIECE_BYTES = 4 * 2 ** 20

/**
 * Writes items of a source to a selection, broadcast to its shape, piece by piece: as many pieces are held at a time as
 * there are codec threads, and one more. Pointwise selections read the source in one piece.
 * Throws ValueError where shapes or values do not fit, and as `writeArray` does; what was written by then stays.
 */
export async function writeFrom(
  array: ZarrArray,
  selection: Selection,
  source: ItemSource,
  casting: Casting,
  { onProgress, gate, ...options }: WriteFromOptions = {},
): Promise<void> {
  const target = selectionShape(selection)
  const strides = resultStrides(target, source.shape)
  const { dtype } = array
  const take = async (dims: (DimSlice | DimIndices)[]): Promise<ItemBlock> => {
    const items = await source.read(dims)
    const shape = dims.map((dim) => ('indices' in dim ? dim.indices.length : dim.count))
    return { ...castItems(items, source.dtype, dtype, casting), shape }
  }
  if (selection.kind === 'points') {
    const whole = await take(source.shape.map((n) => ({ start: 0, step: 1, count: n })))
    await writeArray(array, selection, broadcastItems(whole, target, dtype), options)
    return
  }
  const grid = pieceGrid(array, itemSize(dtype) ?? 64)
  const extra = source.shape.length - target.length
  let done = 0
  await overlapped(boxes(grid, selection), array.context.executor.workers + 1, async (box) => {
    await gate?.()
    const dims = box.dims.map((dim, k): DimSlice | DimIndices => {
      const start = grid.axes[k]!.start(box.coords[k]!)
      if (dim.kind === 'list') return { indices: Float64Array.from(dim.chunk, (i) => start + i) }
      return { start: start + dim.start, step: dim.step, count: dim.count, ...dropOf(selection.dims[k]!) }
    })
    const kept = box.dims.filter((_, k) => !('drop' in dropOf(selection.dims[k]!)))
    const from = source.shape.map((_, k): DimSlice | DimIndices => {
      const dim = kept[k - extra]
      if (dim === undefined || strides[k - extra] === 0) return { start: 0, step: 1, count: 1 }
      if (dim.kind === 'list') return { indices: dim.out }
      return { start: dim.outStart, step: 1, count: dim.count }
    })
    await writeArray(array, asSelection(dims), await take(from), options)
    done += box.dims.reduce((n, dim) => n * (dim.kind === 'list' ? dim.out.length : dim.count), 1)
    onProgress?.(done)
  })
}

const dropOf = (dim: DimSlice | DimIndices): { drop?: true } =>
  'drop' in dim && dim.drop ? { drop: true } : {}

function* boxes(grid: ChunkGrid, selection: Selection): Generator<BoxProjection> {
  for (const projection of project(grid, selection)) if (projection.kind === 'box') yield { ...projection }
}

/** The array's chunks, several together where they are small. */
function pieceGrid({ metadata, grid }: ZarrArray, itemBytes: number): ChunkGrid {
  if (metadata.grid.kind !== 'regular') return grid
  const shape = [...metadata.grid.shape]
  let bytes = shape.reduce((n, length) => n * length, itemBytes)
  for (let k = shape.length - 1; k >= 0 && bytes < PIECE_BYTES; k--) {
    const chunks = Math.max(1, Math.min(grid.gridShape[k]!, Math.ceil(PIECE_BYTES / bytes)))
    shape[k]! *= chunks
    bytes *= chunks
  }
  return chunkGrid({ kind: 'regular', shape }, metadata.shape)
}
