import { dataType } from '@shared/dtype/registry'
import type { ItemValue } from '@shared/dtype/data-type'
import type { DimSlice } from '@shared/selection/selection'
import type { ZarrArray } from '../../../nodes/array'
import { createArray } from '../../../nodes/creation/create-node'
import type { NewArrayOptions } from '../../../nodes/creation/new-array-options'
import { encodeItems } from '../../../nodes/writing/cast-items'
import { writeArray } from '../../../nodes/writing/write-array'
import { InlineExecutor } from '../../../pool/inline'
import { MemoryStore } from '../../../stores/memory'

export const context = { executor: new InlineExecutor() }

export const whole = (array: Pick<ZarrArray, 'shape'>): DimSlice[] =>
  array.shape.map((count) => ({ start: 0, step: 1, count }))

/** An array in memory that holds these items in C order (nothing is stored without any), without the chunks (keys such as "c/0/1") that are named. */
export async function madeArray(
  options: NewArrayOptions,
  items: ItemValue[],
  { without = [], broken = [] }: { without?: string[]; broken?: string[] } = {},
): Promise<ZarrArray> {
  const store = new MemoryStore()
  const array = await createArray(store, 'a', { ...options, zarrFormat: 3, compressor: null }, context)
  if (items.length === 0) return array
  const dims = whole(array)
  const data = encodeItems(items, dataType(array.dtype))
  await writeArray(array, { kind: 'basic', dims }, { ...data, shape: array.shape })
  for (const key of without) await store.delete(`a/${key}`)
  for (const key of broken) await store.set(`a/${key}`, new Uint8Array(1))
  return array
}
