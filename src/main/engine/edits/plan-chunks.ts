import { SelectionError } from '@shared/errors'
import { itemSize } from '@shared/dtype/itemsize'
import type { DimSlice, Selection } from '@shared/selection/selection'
import type { Edit } from '@shared/model/edits'
import { clippedShape } from '../chunks/grid'
import { overlapped } from '../cache/overlapped'
import type { ZarrArray } from '../nodes/array'
import { writeArray } from '../nodes/writing/write-array'
import { listFolder } from '../stats/list-folder'
import type { PlanContext, Planned } from './plan-types'
import { openArray } from './region'
import { counted, shown } from './words'

type Of<K extends Edit['kind']> = Extract<Edit, { kind: K }>

/** Chunks read at a time. */
const AT_ONCE = 8

export async function planDeleteChunks(edit: Of<'deleteChunks'>, context: PlanContext): Promise<Planned> {
  const array = await openArray(context, edit.path)
  for (const coords of edit.chunks) await context.draft.delete(keyAt(array, coords))
  return { label: `Delete ${counted(edit.chunks.length, 'chunk')} of ${shown(edit.path)}` }
}

/** Decodes chunks and encodes them again. One that cannot be read is an error, and nothing is staged. */
export async function planRewriteChunks(edit: Of<'rewriteChunks'>, context: PlanContext): Promise<Planned> {
  const array = await openArray(context, edit.path)
  const { signal, onProgress } = context
  let done = 0
  await overlapped(edit.chunks, AT_ONCE, async (coords) => {
    keyAt(array, coords)
    const selection = wholeChunk(array, coords)
    const { data, offsets, shape, parts } = await array.readAll(selection, { signal })
    if (parts.some(({ state }) => state === 'stored'))
      await writeArray(
        array,
        selection,
        { data, shape, ...(offsets && { offsets }) },
        { signal, writeEmptyChunks: true },
      )
    onProgress(++done, edit.chunks.length)
  })
  return { label: `Rewrite ${counted(edit.chunks.length, 'chunk')} of ${shown(edit.path)}` }
}

/** Deletes every stored chunk (shard) that holds nothing but the fill value. Damaged ones stay. */
export async function planDropFillOnly(edit: Of<'dropFillOnly'>, context: PlanContext): Promise<Planned> {
  const array = await openArray(context, edit.path)
  const { signal, onProgress, draft } = context
  const { fill } = array.metadata
  const stored: number[][] = []
  if (fill !== null)
    await listFolder(array, { chunk: (at) => stored.push([...at]), other: () => undefined }, { signal })
  const [tested, dropped] = [stored.length, { chunks: 0 }]
  let done = 0
  await overlapped(stored, AT_ONCE, async (coords) => {
    const { data, offsets, failures } = await array.read(wholeChunk(array, coords), { signal })
    if (failures.length === 0 && isOnly(data, offsets, fill!, itemSize(array.dtype))) {
      await draft.delete(array.chunkKey(coords))
      dropped.chunks++
    }
    onProgress(++done, tested)
  })
  return { label: `Drop ${counted(dropped.chunks, 'fill-only chunk')} of ${shown(edit.path)}` }
}

/** The items of a stored chunk that lie inside the array. */
function wholeChunk({ grid }: ZarrArray, coords: readonly number[]): Selection {
  const shape = clippedShape(grid, coords)
  const dims = coords.map((c, k): DimSlice => ({ start: grid.axes[k]!.start(c), step: 1, count: shape[k]! }))
  return { kind: 'basic', dims }
}

function keyAt(array: ZarrArray, coords: readonly number[]): string {
  const { gridShape } = array.grid
  if (coords.length !== gridShape.length || coords.some((c, k) => c >= gridShape[k]!))
    throw new SelectionError(
      `There is no chunk (${coords.join(', ')}); the grid is (${gridShape.join(', ')}).`,
    )
  return array.chunkKey(coords)
}

/** Whether all items are this one: the first is, and each equals the one before it. */
function isOnly(
  data: Uint8Array,
  offsets: Uint32Array | undefined,
  fill: Uint8Array,
  size: number | null,
): boolean {
  const items = size === null ? (offsets?.length ?? 1) - 1 : size === 0 ? 0 : data.length / size
  if (items === 0) return true
  const width = size ?? fill.length
  if (data.length !== items * width || offsets?.some((offset, i) => offset !== i * width)) return false
  if (Buffer.compare(data.subarray(0, width), fill) !== 0) return false
  return Buffer.compare(data.subarray(width), data.subarray(0, data.length - width)) === 0
}
