import type { ItemValue } from '@shared/dtype/data-type'
import { dataType } from '@shared/dtype/registry'
import type { DimSlice } from '@shared/selection/selection'
import { ZarrArray } from '../../nodes/array'
import { createArray } from '../../nodes/creation/create-node'
import type { NewArrayOptions } from '../../nodes/creation/new-array-options'
import { itemValues } from '../../nodes/item-values'
import { openNode } from '../../nodes/open'
import { encodeItems } from '../../nodes/writing/cast-items'
import { writeArray } from '../../nodes/writing/write-array'
import { InlineExecutor } from '../../pool/inline'
import { MemoryStore } from '../../stores/memory'
import { OverlayStore } from '../../stores/overlay'
import type { ListableStore, WritableStore } from '../../stores/store'
import { StoreEdits } from '../store-edits'

export const executor = new InlineExecutor()

/** Slices from [start, count] pairs. */
export const box = (...parts: [number, number][]): DimSlice[] =>
  parts.map(([start, count]) => ({ start, step: 1, count }))

export const whole = (shape: readonly number[]): DimSlice[] =>
  box(...shape.map((n): [number, number] => [0, n]))

/** A store with one array "a" of the given items, and its edits. */
export async function withArray(
  options: NewArrayOptions,
  values: ItemValue[] = [],
  base: WritableStore = new MemoryStore(),
): Promise<{ base: WritableStore; overlay: OverlayStore; edits: StoreEdits }> {
  const array = await createArray(base, 'a', options, { executor })
  if (values.length > 0) {
    const items = encodeItems(values, dataType(array.dtype))
    await writeArray(array, { kind: 'basic', dims: whole(array.shape) }, { ...items, shape: array.shape })
  }
  const overlay = new OverlayStore(base, { readOnly: true })
  return { base, overlay, edits: new StoreEdits({ overlay, executor, frozen: null }) }
}

/** All items of an array, in C order. */
export async function valuesOf(store: ListableStore, path = 'a'): Promise<ItemValue[]> {
  const array = await openNode(store, path, { executor })
  if (!(array instanceof ZarrArray)) throw new Error(`"${path}" is no array`)
  const { data, offsets } = await array.readAll({ kind: 'basic', dims: whole(array.shape) })
  return itemValues(dataType(array.dtype), data, offsets)
}
