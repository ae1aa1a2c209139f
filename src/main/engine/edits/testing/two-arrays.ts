import type { Edit } from '@shared/model/edits'
import { ZarrArray } from '../../nodes/array'
import { openNode } from '../../nodes/open'
import { array3, context, group3, storeOf } from '../../nodes/testing/sample-nodes'
import type { MemoryStore } from '../../stores/memory'
import { OverlayStore } from '../../stores/overlay'
import { StoreEdits } from '../store-edits'

export const { executor } = context

/** A store with the array "a" of 3 × 4 items in chunks of 2 × 2, of which one is stored, and the array "g/b". */
export async function withNodes(): Promise<{ base: MemoryStore; overlay: OverlayStore; edits: StoreEdits }> {
  const base = storeOf({
    'zarr.json': group3(),
    'a/zarr.json': array3({ shape: [3, 4], chunk_grid: grid([2, 2]), attributes: { units: 'K', n: 1 } }),
    'g/zarr.json': group3(),
    'g/b/zarr.json': array3(),
  })
  await base.set('a/c/0/0', int16([1, 2, 3, 4]))
  await base.set('g/b/c/1', int16([5, 6]))
  const overlay = new OverlayStore(base, { readOnly: true })
  return { base, overlay, edits: new StoreEdits({ overlay, executor, frozen: null }) }
}

export const grid = (chunk_shape: number[]): object => ({ name: 'regular', configuration: { chunk_shape } })
export const int16 = (values: number[]): Uint8Array => new Uint8Array(Int16Array.from(values).buffer)
export const box = (...parts: [number, number][]): { start: number; step: number; count: number }[] =>
  parts.map(([start, count]) => ({ start, step: 1, count }))

export const cells = (values: number[], path = 'a', dims = box([0, 1], [0, values.length])): Edit => ({
  kind: 'cells',
  path,
  dims,
  shape: dims.map(({ count }) => count),
  data: int16(values),
})

export async function values(store: OverlayStore | MemoryStore, path: string): Promise<number[]> {
  const array = await openNode(store, path, { executor })
  if (!(array instanceof ZarrArray)) throw new Error(`${path} is no array`)
  const { data } = await array.readAll({
    kind: 'basic',
    dims: array.shape.map((count) => ({ start: 0, step: 1, count })),
  })
  return [...new Int16Array(data.slice().buffer)]
}

/** The items of "a". */
export const A = [1, 2, 7, 7, 3, 4, 7, 7, 7, 7, 7, 7]
export const with_ = (changes: Record<number, number>): number[] => A.map((value, i) => changes[i] ?? value)

export function set(name: string, json: string): { op: 'set'; path: string[]; json: string } {
  return { op: 'set', path: [name], json }
}
export function attributes(changes: Extract<Edit, { kind: 'attributes' }>['changes']): Edit {
  return { kind: 'attributes', path: 'a', changes }
}
