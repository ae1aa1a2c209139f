import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ItemValue } from '@shared/dtype/data-type'
import { dataType } from '@shared/dtype/registry'
import type { JobSpec } from '@shared/model/jobs'
import type { ZarrArray } from '@engine/nodes/array'
import { createArray, createGroup } from '@engine/nodes/creation/create-node'
import type { NewArrayOptions } from '@engine/nodes/creation/new-array-options'
import { itemValues } from '@engine/nodes/item-values'
import { openNode } from '@engine/nodes/open'
import { writeArray } from '@engine/nodes/writing/write-array'
import { InlineExecutor } from '@engine/pool/inline'
import { openStore } from '@engine/stores/open-store'
import { testWindow, type TestWindow } from './window'

export const context = { executor: new InlineExecutor() }

/** Options of the array that jobs work on: whole numbers in three chunks. */
export const SAMPLE: NewArrayOptions = { shape: [6, 4], chunks: [2, 4], dtype: 'i4' }

/** A window that has opened "s.zarr", whose one array obs/t counts from 0 to 23, and the store's id there. */
export async function jobWindow(): Promise<{ window: TestWindow; store: string }> {
  const window = testWindow()
  const { store: made } = await openStore(join(window.folder, 's.zarr'), { mode: 'a' })
  await createGroup(made, '', {}, context)
  const array = await createArray(made, 'obs/t', SAMPLE, context)
  const data = new Uint8Array(Int32Array.from({ length: 24 }, (_, i) => i).buffer)
  await writeArray(array, whole(array), { data, shape: [6, 4] })
  return { window, store: await window.open('s.zarr') }
}

export const whole = (array: ZarrArray) => ({
  kind: 'basic' as const,
  dims: array.shape.map((count) => ({ start: 0, step: 1, count })),
})

/** Every file of the folder of the test, but for locks. */
export const filesOf = ({ folder }: TestWindow): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.endsWith('.lock'))
    .sort()

/** An array of the folder of the test as it lies on the disk, and its items in C order. */
export async function readArray(
  { folder }: TestWindow,
  path: string,
): Promise<{ array: ZarrArray; values: ItemValue[] }> {
  const { store, nodePath } = await openStore(join(folder, path))
  const array = (await openNode(store, nodePath, context)) as ZarrArray
  const { data, offsets } = await array.readAll(whole(array))
  await store.close()
  return { array, values: itemValues(dataType(array.dtype), data, offsets) }
}

/** A copy of obs/t to obs/t2, but for what is given. */
export const copyJob = (store: string, spec: Partial<Extract<JobSpec, { kind: 'copy' }>> = {}): JobSpec => ({
  kind: 'copy',
  source: { store, path: 'obs/t' },
  target: { store, path: 'obs/t2' },
  layout: {},
  overwrite: false,
  verify: false,
  resume: false,
  unsafe: false,
  ...spec,
})
