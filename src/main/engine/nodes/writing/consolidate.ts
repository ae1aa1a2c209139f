import { UsageError } from '@shared/errors'
import { editJson } from '@shared/json/edit'
import { parseJson } from '@shared/json/parse'
import { stringifyJson } from '@shared/json/stringify'
import type { JsonObject, JsonValue } from '@shared/json/value'
import { inAscii, python4 } from '../../metadata/json-layout'
import { MAX_CONSOLIDATED } from '../../metadata/document'
import { joinKey } from '../../stores/key'
import { CONSOLIDATED_LOCK } from '../../stores/lock-slots'
import type { WritableStore } from '../../stores/store'
import { findConsolidated } from '../consolidated'
import { readDocuments, readText } from '../documents'
import { ZarrGroup } from '../group'
import type { KeyLocks } from './key-locks'
import { utf8, writable } from './writable'

const V2_NAMES = ['.zarray', '.zgroup', '.zattrs']

/**
 * Writes the documents of every node below a group into its consolidated metadata: `.zmetadata` in format 2, inline in
 * `zarr.json` in format 3 (as zarr-python has them). Gives the number of nodes. Throws UsageError for format 1.
 */
export async function consolidate(group: ZarrGroup, signal?: AbortSignal): Promise<number> {
  const store = writable(group.store)
  const { path } = group
  const { zarrFormat } = group.metadata
  if (zarrFormat === 1) throw new UsageError('Format 1 has no groups and nothing to consolidate.')
  const nodes: string[] = []
  for await (const batch of group.walk(signal ? { signal } : {}))
    for (const node of batch) if (node.path !== path && !node.problem) nodes.push(node.path)
  const metadata: JsonObject = new Map()
  for (const node of zarrFormat === 2 ? [path, ...nodes] : nodes) {
    signal?.throwIfAborted()
    for (const [name, value] of await documentsOf(store, path, node, zarrFormat)) metadata.set(name, value)
  }
  if (zarrFormat === 2) {
    const document: JsonObject = new Map<string, JsonValue>([
      ['metadata', metadata],
      ['zarr_consolidated_format', 1],
    ])
    await store.set(joinKey(path, '.zmetadata'), utf8(stringifyJson(document, python4)))
  } else {
    const key = joinKey(path, 'zarr.json')
    const text = await readText(store, key, MAX_CONSOLIDATED)
    if (text === undefined)
      throw new UsageError(`"${path}" has no zarr.json that could hold consolidated metadata.`)
    const inline: JsonObject = new Map<string, JsonValue>([
      ['kind', 'inline'],
      ['must_understand', false],
      ['metadata', metadata],
    ])
    const edited = editJson(text, ['consolidated_metadata'], { kind: 'set', value: inline }, limits(key))
    await store.set(key, utf8(edited))
  }
  return nodes.length
}

/**
 * Brings the consolidated copy of a node up to date after its documents changed (or went), where a hierarchy above has
 * one. Copies of nodes below a deleted one go with it. Other entries keep their bytes. With locks no other writer's
 * change of the same copy is lost.
 */
export async function followConsolidated(
  store: WritableStore,
  path: string,
  locks?: KeyLocks,
): Promise<void> {
  const follow = (): Promise<void> => update(store, path)
  await (locks ? locks.holding([CONSOLIDATED_LOCK], follow) : follow())
}

async function update(store: WritableStore, path: string): Promise<void> {
  const consolidated = await findConsolidated(store, path)
  if (!consolidated || (path === consolidated.root && consolidated.key.endsWith('zarr.json'))) return
  const { key, root } = consolidated
  const text = await readText(store, key, MAX_CONSOLIDATED)
  if (text === undefined) return
  const isV3 = key.endsWith('zarr.json')
  const inside = isV3 ? ['consolidated_metadata', 'metadata'] : ['metadata']
  const documents = new Map(await documentsOf(store, root, path, isV3 ? 3 : 2))
  const relative = below(root, path)
  let edited = text
  for (const name of memberNames(text, key, inside)) {
    const own = isV3 ? name === relative : V2_NAMES.some((file) => name === joinKey(relative, file))
    const under = documents.size === 0 && (relative === '' || name.startsWith(`${relative}/`))
    if ((own && !documents.has(name)) || under)
      edited = editJson(edited, [...inside, name], { kind: 'delete' }, limits(key))
  }
  for (const [name, value] of documents)
    edited = editJson(edited, [...inside, name], { kind: 'set', value }, limits(key))
  if (edited !== text) await store.set(key, utf8(isV3 ? edited : inAscii(edited, text)))
}

async function documentsOf(
  store: WritableStore,
  root: string,
  path: string,
  format: 2 | 3,
): Promise<[string, JsonValue][]> {
  const relative = below(root, path)
  const names = format === 3 ? ['zarr.json'] : V2_NAMES
  return [...(await readDocuments(store, path))]
    .filter(([name]) => names.includes(name))
    .map(([name, text]): [string, JsonValue] => {
      const key = joinKey(path, name)
      const { value } = parseJson(text, limits(key))
      if (format === 3 && value instanceof Map) value.delete('consolidated_metadata')
      return [format === 3 ? relative : joinKey(relative, name), value]
    })
}

const limits = (key: string) => ({ key, maxLength: MAX_CONSOLIDATED })

function memberNames(text: string, key: string, path: readonly string[]): string[] {
  let value: JsonValue | undefined = parseJson(text, limits(key)).value
  for (const name of path) value = value instanceof Map ? value.get(name) : undefined
  return value instanceof Map ? [...value.keys()] : []
}

const below = (root: string, path: string): string =>
  path === root ? '' : root === '' ? path : path.slice(root.length + 1)
