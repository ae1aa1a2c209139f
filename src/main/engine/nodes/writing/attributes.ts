import { UsageError } from '@shared/errors'
import { editJson, type JsonEdit } from '@shared/json/edit'
import { parseJson } from '@shared/json/parse'
import type { JsonPath } from '@shared/json/path'
import { stringifyJson } from '@shared/json/stringify'
import { inAscii, python4 } from '../../metadata/json-layout'
import { joinKey } from '../../stores/key'
import { CONSOLIDATED_LOCK } from '../../stores/lock-slots'
import type { ZarrArray } from '../array'
import type { ZarrGroup } from '../group'
import { readDocuments } from '../documents'
import { followConsolidated } from './consolidate'
import { documentLock, type KeyLocks } from './key-locks'
import { utf8, writable } from './writable'

/** One change of the attributes; `path` starts at the attributes' own object. */
export interface AttributeEdit {
  path: JsonPath
  edit: JsonEdit
}

/** The document that holds a node's attributes, and where inside. */
interface Home {
  key: string
  /** Text as stored; "{}" where the document does not exist yet. */
  text: string
  inside: JsonPath
}

/** Where a node keeps its attributes: `zarr.json`, `.zattrs` or `attrs`. */
export async function attributesHome(node: ZarrArray | ZarrGroup): Promise<Home> {
  const { zarrFormat } = node.metadata
  const name = zarrFormat === 3 ? 'zarr.json' : zarrFormat === 2 ? '.zattrs' : 'attrs'
  const documents = await readDocuments(node.store, node.path)
  const text = documents.get(name)
  if (text === undefined && zarrFormat === 3)
    throw new UsageError(`"${node.path}" has no metadata document of its own that could hold attributes.`)
  return { key: joinKey(node.path, name), text: text ?? '{}', inside: zarrFormat === 3 ? ['attributes'] : [] }
}

/** The document's text after the edits: every token that no edit names keeps its bytes. */
export function editAttributes({ key, text, inside }: Home, edits: readonly AttributeEdit[]): string {
  let edited = text
  if (inside.length > 0 && !/"attributes"\s*:/.test(edited))
    edited = editJson(edited, ['attributes'], { kind: 'set', value: new Map() }, { key })
  for (const { path, edit } of edits) edited = editJson(edited, [...inside, ...path], edit, { key })
  if (key.endsWith('zarr.json')) return edited
  const isOrdinary = edits.every(({ edit }) => edit.kind === 'set' || edit.kind === 'delete')
  return isOrdinary && text === asPython(text, key) ? asPython(edited, key) : inAscii(edited, text)
}

/** A document as zarr 1 and 2 write it: sorted and spread out. What they wrote stays theirs, byte for byte. */
const asPython = (text: string, key: string): string => stringifyJson(parseJson(text, { key }).value, python4)

/**
 * Changes attributes in place. The document is replaced as a whole; its other bytes stay. Reads the document anew, so
 * that changes of others to other attributes are kept; with locks also those that are made at the same time.
 */
export async function changeAttributes(
  node: ZarrArray | ZarrGroup,
  edits: readonly AttributeEdit[],
  locks?: KeyLocks,
): Promise<void> {
  const store = writable(node.store)
  const change = async (): Promise<void> => {
    const home = await attributesHome(node)
    await store.set(home.key, utf8(editAttributes(home, edits)))
    await followConsolidated(store, node.path)
  }
  // The document is also the one that holds the shape, and in format 3 the one that holds the copies of other documents.
  await (locks ? locks.holding([documentLock(node.path), CONSOLIDATED_LOCK], change) : change())
}
