import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ConflictError, UsageError } from '@shared/errors'
import { editJson } from '@shared/json/edit'
import { parseJson } from '@shared/json/parse'
import { nodeFs } from '../../files/node'
import { partialName } from '../../files/own-names'
import { removeTree } from '../../files/remove-tree'
import { parseChunkKey } from '../../chunks/keys'
import { DirectoryStore } from '../../stores/directory'
import { beginExchange } from '../../stores/exchange'
import { joinKey } from '../../stores/key'
import type { WritableStore } from '../../stores/store'
import { ZarrArray } from '../array'
import { createArray } from '../creation/create-node'
import { readDocuments } from '../documents'
import { openNode } from '../open'
import { followConsolidated } from '../writing/consolidate'
import { utf8, writable } from '../writing/writable'
import { compareItems } from './compare-items'
import { passOf, type CopyControl, type CopyProgress } from './copy-control'
import { copyItems } from './copy-items'
import { derivedOptions, type LayoutOptions } from './derived-options'
import { arrayItems } from './item-source'

/** What a new layout changes in the documents; everything else in them keeps its bytes. */
const LAYOUT_FIELDS = {
  'zarr.json': ['chunk_grid', 'chunk_key_encoding', 'codecs'],
  '.zarray': ['chunks', 'compressor', 'dimension_separator', 'filters', 'order'],
  meta: ['chunks', 'compression', 'compression_opts', 'order'],
}
const TYPE_FIELDS = {
  'zarr.json': ['data_type', 'fill_value'],
  '.zarray': ['dtype', 'fill_value'],
  meta: ['dtype', 'fill_value'],
}
type MainDocument = keyof typeof LAYOUT_FIELDS

/**
 * Gives an array other chunks, shards, codecs, order or data type in its place: everything is written beside it and
 * read back before the two are exchanged. Until then, and after any failure, the array is as it was.
 *
 * Throws what `copyArray` throws, ConflictError where the array's document was changed meanwhile.
 */
export async function rewriteArray(
  array: ZarrArray,
  asked: LayoutOptions,
  control: CopyControl = {},
): Promise<{ array: ZarrArray; progress: CopyProgress }> {
  const store = writable(array.store)
  const { path, context, metadata } = array
  if (asked.zarrFormat !== undefined && asked.zarrFormat !== metadata.zarrFormat)
    throw new UsageError('The format of an array is not changed in its place; use copy or migrate.')
  const made = derivedOptions(array, asked, metadata.zarrFormat)
  const main = metadata.source[0]?.key
  const before = main === undefined ? undefined : await store.stamp(main)
  if (main === undefined || before === undefined)
    throw new UsageError(`"${path}" has no metadata document of its own that could be changed.`)
  const exchange = store instanceof DirectoryStore ? await beginExchange(store, path) : undefined
  const scratch = exchange?.made ?? join(tmpdir(), partialName())
  const beside = new DirectoryStore(scratch, { flush: exchange ? 'all' : 'none' })
  try {
    const copy = await createArray(beside, '', made, context)
    const [source, casting] = [arrayItems(array), asked.casting ?? 'same_kind'] as const
    const sparse = !changesValues(asked)
    const first = passOf(control, { index: 0, count: 2, phase: 'copying' })
    const progress = await copyItems(source, copy, { ...first, casting, sparse, resume: false })
    const second = passOf(control, { index: 1, count: 2, phase: 'verifying', bytes: progress.bytes })
    await compareItems(source, copy, { ...second, casting, sparse })
    await carryOver(array, beside, asked)
    if ((await store.stamp(main)) !== before) throw new ConflictError(main)
    if (exchange) await exchange.take()
    else await replaceKeys(store, path, beside)
    context.cache?.drop(store, path)
    await followConsolidated(store, path)
    const node = await openNode(store, path, context, { format: metadata.zarrFormat })
    if (node instanceof ZarrArray) return { array: node, progress }
    throw new ConflictError(main)
  } finally {
    await (exchange ? exchange.abandon() : removeTree(nodeFs, scratch)).catch(() => undefined)
  }
}

/** Brings documents, and files that belong to nobody, to the new array: only the fields of its layout are new. */
async function carryOver(array: ZarrArray, beside: WritableStore, asked: LayoutOptions): Promise<void> {
  const { store, path, metadata, shape } = array
  const made = await readDocuments(beside, '')
  const skip = path === '' ? 0 : path.length + 1
  for await (const batch of store.scan(path))
    for (const { key } of batch) {
      const name = key.slice(skip)
      if (parseChunkKey(metadata.keyEncoding, name, shape.length)) continue
      const value = await store.get(key)
      if (value) await beside.set(name, merged(name, value, made.get(name), asked))
    }
}

function merged(name: string, old: Uint8Array, made: string | undefined, asked: LayoutOptions): Uint8Array {
  if (made === undefined || !isMain(name)) return old
  const fields = parseJson(made, { key: name }).value
  let text = new TextDecoder().decode(old)
  for (const field of [...LAYOUT_FIELDS[name], ...(changesValues(asked) ? TYPE_FIELDS[name] : [])]) {
    const value = fields instanceof Map ? fields.get(field) : undefined
    if (value !== undefined) text = editJson(text, [field], { kind: 'set', value }, { key: name })
  }
  return utf8(text)
}

/** Missing chunks of the old array may read otherwise in the new one. */
const changesValues = ({ dtype, fillValue }: LayoutOptions): boolean =>
  dtype !== undefined || fillValue !== undefined

const isMain = (name: string): name is MainDocument => Object.hasOwn(LAYOUT_FIELDS, name)

/** For stores whose changes take effect together, or that end with the process. */
async function replaceKeys(store: WritableStore, path: string, beside: DirectoryStore): Promise<void> {
  await store.deletePrefix(path)
  for await (const batch of beside.scan(''))
    for (const { key } of batch) {
      const value = await beside.get(key)
      if (value) await store.set(joinKey(path, key), value)
    }
}
