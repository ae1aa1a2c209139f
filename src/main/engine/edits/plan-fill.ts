import { UsageError } from '@shared/errors'
import { dataType } from '@shared/dtype/registry'
import { itemSize } from '@shared/dtype/itemsize'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { Edit } from '@shared/model/edits'
import { compilePredicate, type ExpressionScope } from '@shared/expression/expression'
import { overlapped } from '../cache/overlapped'
import type { ZarrArray } from '../nodes/array'
import { fieldType, putFields, takeFields } from '../nodes/fields'
import type { Items } from '../nodes/writing/cast-items'
import { writeArray } from '../nodes/writing/write-array'
import { writeFrom } from '../nodes/writing/write-from'
import { pacer } from '../stores/pacer'
import { boxOf, cellsOf, chunkBoxes, indexIn, type Box, type BoxItems } from './fill/box'
import { itemReader } from './fill/computed'
import { constantItem, fillItems } from './fill/fill-items'
import { changeRegion, regionWords } from './plan-cells'
import type { PlanContext, Planned } from './plan-types'
import { cellText, openRegion, type Region } from './region'
import { counted, shown } from './words'

type Of<K extends Edit['kind']> = Extract<Edit, { kind: K }>

/** Fills a region, or one field of its records. Throws ValueError that names the first cell whose value does not fit. */
export async function planFill(edit: Of<'fill'>, context: PlanContext): Promise<Planned> {
  const region = await openRegion(context, edit.path, edit.dims)
  const { array } = region
  const { fill, field } = edit
  if (fill.kind === 'constant' && field === undefined) {
    const data = constantItem(fill.text, array.dtype)
    const varies = itemSize(array.dtype) === null
    const block = { data, shape: [], ...(varies && { offsets: Uint32Array.of(0, data.length) }) }
    return changeRegion(region, context, 'Fill', block)
  }
  const before = await cellText(region)
  if (fill.kind === 'file') await fillFromFile(region, fill.file, field, context)
  else await fillByBox(region, fillItems(fill, scopeOf(array, field), shapeOf(region)), field, context)
  const after = await cellText(region)
  return {
    ...regionWords(region, 'Fill'),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
  }
}

/** New values for the cells of a region for which a condition holds; chunks without such cells are left alone. */
export async function planReplace(edit: Of<'replace'>, context: PlanContext): Promise<Planned> {
  const region = await openRegion(context, edit.path, edit.dims)
  const { array, selection, text } = region
  const { fill, field, where } = edit
  if (fill.kind === 'file') throw new UsageError('Cells that are found cannot be replaced from a file.')
  const scope = scopeOf(array, field)
  const { test } = compilePredicate(where, scope)
  const items = fillItems(fill, scope, shapeOf(region))
  let [found, done] = [0, 0]
  const matches = async (box: Box, present: Items): Promise<number[]> => {
    const [valueAt, indexOf, pause] = [itemReader(present, dataType(scope.dtype)), indexIn(box), pacer()]
    const cells: number[] = []
    for (let i = 0; i < cellsOf(box); i++) {
      if (test(valueAt(i), indexOf(i))) cells.push(i)
      if (i % SLICE === 0) await pause()
    }
    return cells
  }
  await overlapped(chunkBoxes(array, selection.dims), AT_ONCE, async (box) => {
    const records = await readBox(array, box, context)
    const present = fieldItems(records, array.dtype, field)
    const cells = await matches(box, present)
    if (cells.length > 0) {
      const changed = chosen(present, await items.read(box, present), cells, itemSize(scope.dtype))
      await write(array, box, withField(records, array.dtype, field, changed), context)
    }
    found += cells.length
    context.onProgress((done += cellsOf(box)), region.cells)
  })
  return {
    label: `Replace ${counted(found, 'cell')} of ${shown(array.path)}[${text}]`,
    region: text,
    cells: found,
    before: where,
    after: fill.kind === 'constant' || fill.kind === 'expression' ? fill.text : fill.kind,
  }
}

/** Chunks worked on at a time: one is computed while others are read and encoded. */
const AT_ONCE = 4
/** Cells looked at between two looks at the clock. */
const SLICE = 256

/** Per dimension of the array, also of those that the result does not show. */
export const shapeOf = ({ selection }: Region): number[] => selection.dims.map(({ count }) => count)

/** What an expression over the items, or one field of them, stands on. */
export function scopeOf({ dtype, shape, metadata }: ZarrArray, field: string | undefined): ExpressionScope {
  const of = field === undefined ? dtype : fieldType(dtype, [field])
  const { fill, dimensionNames } = metadata
  const item = fill && (field === undefined ? fill : takeFields(fill, dtype, [field]))
  return {
    dtype: of,
    rank: shape.length,
    dimensionNames,
    ...(item && { fillValue: dataType(of).read(item, 0, item.length) }),
  }
}

async function fillByBox(
  region: Region,
  items: BoxItems,
  field: string | undefined,
  context: PlanContext,
): Promise<void> {
  const { array, selection } = region
  const { signal } = context
  let done = 0
  const source = {
    shape: shapeOf(region),
    dtype: array.dtype,
    read: async (places: readonly unknown[]): Promise<Items> => {
      signal.throwIfAborted()
      const box = boxOf(selection.dims, places as { start: number; count: number }[])
      const records =
        items.needsPresent || field !== undefined ? await readBox(array, box, context) : undefined
      const made = await items.read(box, records && fieldItems(records, array.dtype, field))
      context.onProgress((done += cellsOf(box)), region.cells)
      return records ? withField(records, array.dtype, field, made) : made
    },
  }
  const dims = selection.dims.map(({ start, step, count }) => ({ start, step, count }))
  await writeFrom(array, { kind: 'basic', dims }, source, 'same_kind', { signal, lane: 'visible' })
}

async function fillFromFile(
  { array, selection }: Region,
  file: Parameters<PlanContext['openItems']>[0],
  field: string | undefined,
  { openItems, signal }: PlanContext,
): Promise<void> {
  if (field !== undefined) throw new UsageError('A file fills whole records; name no field.')
  const source = await openItems(file, array.dtype)
  try {
    await writeFrom(array, selection, source, 'same_kind', { signal, lane: 'visible' })
  } finally {
    await source.close()
  }
}

/** The items of a box as they are on the draft. */
export const readBox = (array: ZarrArray, { dims }: Box, { signal }: PlanContext): Promise<Items> =>
  array.readAll({ kind: 'basic', dims }, { signal })

async function write(
  array: ZarrArray,
  { dims, count }: Box,
  items: Items,
  { signal }: PlanContext,
): Promise<void> {
  await writeArray(array, { kind: 'basic', dims }, { ...items, shape: count }, { signal, lane: 'visible' })
}

/** The items, or one field of each. */
export const fieldItems = (items: Items, dtype: DataTypeSpec, field: string | undefined): Items =>
  field === undefined ? items : { data: takeFields(items.data, dtype, [field]) }

/** Records with other values in one field; the values themselves where no field is named. */
function withField(records: Items, dtype: DataTypeSpec, field: string | undefined, values: Items): Items {
  if (field === undefined) return values
  const data = new Uint8Array(records.data)
  putFields(data, dtype, [field], values.data)
  return { data }
}

/** Items of which those with these numbers, ascending, are taken from others. */
function chosen(present: Items, made: Items, cells: readonly number[], size: number | null): Items {
  if (size !== null) {
    const data = new Uint8Array(present.data)
    for (const i of cells) data.set(made.data.subarray(i * size, (i + 1) * size), i * size)
    return { data }
  }
  const count = present.offsets!.length - 1
  const taken = new Set(cells)
  const from = (i: number): Items => (taken.has(i) ? made : present)
  const offsets = new Uint32Array(count + 1)
  for (let i = 0; i < count; i++) {
    const { offsets: own } = from(i)
    offsets[i + 1] = offsets[i]! + own![i + 1]! - own![i]!
  }
  const data = new Uint8Array(offsets[count]!)
  for (let i = 0; i < count; i++) {
    const { data: bytes, offsets: own } = from(i)
    data.set(bytes.subarray(own![i], own![i + 1]), offsets[i])
  }
  return { data, offsets }
}
