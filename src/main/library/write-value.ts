import { UsageError, ValueError } from '@shared/errors'
import { selectionShape } from '@shared/selection/describe'
import type { Selection } from '@shared/selection/selection'
import type { ZarrArray as EngineArray } from '@engine/nodes/array'
import { fieldType, putFields } from '@engine/nodes/fields'
import { broadcastItems } from '@engine/nodes/writing/broadcast'
import type { Casting } from '@engine/nodes/writing/cast-items'
import type { KeyLocks } from '@engine/nodes/writing/key-locks'
import { appendArray, appendItems } from '@engine/nodes/writing/resize'
import { writeArray, type ItemBlock } from '@engine/nodes/writing/write-array'
import { arraySource, writeFrom, type ItemSource } from '@engine/nodes/writing/write-from'
import { datasetSource, isDataset, type Dataset } from './dataset'
import { nodeOf, type ArrayHandle } from './node-of'
import { toItems, type PlainValue } from './value'

/** What `set` and `append` take. */
export type Value = PlainValue | ArrayHandle | Dataset

export interface SetOptions {
  /** "unsafe" writes values that the data type cannot hold as NumPy's `astype` would; they are refused otherwise. */
  casting?: Casting
  /** Fields of a record type to write; the others keep their values. */
  fields?: string | readonly string[]
  signal?: AbortSignal
}

interface WriteOptions extends SetOptions {
  locks: KeyLocks | undefined
  writeEmptyChunks: boolean
  lane: 'visible'
}

/** Writes any kind of value to a normalised selection; see `ZarrArray.set`. */
export async function writeValue(
  array: EngineArray,
  selection: Selection,
  value: Value,
  { casting = 'same_kind', fields, ...options }: WriteOptions,
): Promise<void> {
  checkCasting(casting)
  if (fields !== undefined)
    return writeFields(array, selection, value, typeof fields === 'string' ? [fields] : fields, {
      casting,
      ...options,
    })
  const source = sourceOf(value, array, casting, options.signal)
  if (source && !isSame(value, array)) return writeFrom(array, selection, source, casting, options)
  const block = source
    ? await wholeOf(source)
    : toItems(value as PlainValue, array.dtype, casting, selectionShape(selection))
  await writeArray(array, selection, fitted(block, selection, array), options)
}

/** Appends any kind of value; see `ZarrArray.append`. */
export async function appendValue(
  array: EngineArray,
  value: Value,
  axis: number,
  { casting = 'same_kind', ...options }: Omit<WriteOptions, 'fields'>,
): Promise<EngineArray> {
  checkCasting(casting)
  const source = sourceOf(value, array, casting, options.signal)
  if (source && !isSame(value, array))
    return appendItems(array, source.shape, axis, options, (grown, selection) =>
      writeFrom(grown, selection, source, casting, options),
    )
  const block = source ? await wholeOf(source) : toItems(value as PlainValue, array.dtype, casting)
  return appendArray(array, block, axis, options)
}

/** A value for points is written out where it repeats along some of their dimensions only. */
function fitted(block: ItemBlock, selection: Selection, { dtype }: EngineArray): ItemBlock {
  const isSingle = block.shape.every((length) => length === 1)
  return selection.kind === 'points' && !isSingle ? broadcastItems(block, selection.shape, dtype) : block
}

async function writeFields(
  array: EngineArray,
  selection: Selection,
  value: Value,
  fields: readonly string[],
  { casting, locks, ...options }: Omit<WriteOptions, 'fields'> & { casting: Casting },
): Promise<void> {
  if (nodeOf(value) || isDataset(value))
    throw new UsageError('Fields are written from values in memory; read the other array first.')
  const dtype = fieldType(array.dtype, fields)
  const shape = selectionShape(selection)
  const block = broadcastItems(toItems(value as PlainValue, dtype, casting, shape), shape, dtype)
  const merge = async (): Promise<void> => {
    const { data } = await array.readAll(selection)
    const records = new Uint8Array(data)
    putFields(records, array.dtype, fields, block.data)
    await writeArray(array, selection, { data: records, shape }, options)
  }
  await (locks ? locks.around(array, selection, merge) : merge())
}

/** Arrays and datasets of other libraries are read piece by piece. */
function sourceOf(
  value: Value,
  array: EngineArray,
  casting: Casting,
  signal?: AbortSignal,
): ItemSource | undefined {
  const node = nodeOf(value)
  if (node) return arraySource(node, signal)
  return isDataset(value) ? datasetSource(value, array.dtype, casting) : undefined
}

/** An array written to itself is read whole first: a piece may lie where another was written already. */
function isSame(value: Value, { store, path }: EngineArray): boolean {
  const node = nodeOf(value)
  if (node?.path !== path) return false
  return node.store === store || (store.path !== undefined && node.store.path === store.path)
}

async function wholeOf(source: ItemSource): Promise<ItemBlock> {
  const items = await source.read(source.shape.map((count) => ({ start: 0, step: 1, count })))
  return { ...items, shape: source.shape }
}

function checkCasting(casting: string): void {
  if (casting !== 'same_kind' && casting !== 'unsafe')
    throw new ValueError(`"${casting}" is no casting rule; there are "same_kind" and "unsafe".`)
}
