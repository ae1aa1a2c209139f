import { isAborted } from '@shared/errors'
import { consolidatedV2, consolidatedV3 } from '../metadata/consolidated'
import { MAX_CONSOLIDATED, readDocument } from '../metadata/document'
import { joinKey, nameOf, parentOf } from '../stores/key'
import type { Store } from '../stores/store'
import { readText } from './documents'

/** The consolidated metadata of a hierarchy: copies of the documents of every node below one group. */
export class Consolidated {
  /** Path of the group that holds it. */
  readonly root: string
  /** Store key of the document it stands in. */
  readonly key: string
  readonly #documents: ReadonlyMap<string, ReadonlyMap<string, string>>
  readonly #children = new Map<string, Set<string>>()

  /** `documents`: relative path → file name → text. */
  constructor(root: string, key: string, documents: ReadonlyMap<string, ReadonlyMap<string, string>>) {
    this.root = root
    this.key = key
    this.#documents = documents
    for (const path of documents.keys()) {
      for (let child = path; child !== ''; child = parentOf(child)) {
        const siblings = this.#children.get(parentOf(child))
        if (siblings?.has(nameOf(child))) break
        if (siblings) siblings.add(nameOf(child))
        else this.#children.set(parentOf(child), new Set([nameOf(child)]))
      }
    }
  }

  /** The copy of a node's documents; undefined where the copy does not know it. */
  documents(path: string): ReadonlyMap<string, string> | undefined {
    const relative = this.#relative(path)
    return relative === undefined ? undefined : this.#documents.get(relative)
  }

  /** Names of the nodes below a group. */
  children(path: string): string[] {
    const relative = this.#relative(path)
    return relative === undefined ? [] : [...(this.#children.get(relative) ?? [])]
  }

  #relative(path: string): string | undefined {
    if (this.root === '') return path
    if (path === this.root) return ''
    return path.startsWith(`${this.root}/`) ? path.slice(this.root.length + 1) : undefined
  }
}

interface Remembered {
  stamp: string
  consolidated: Consolidated | undefined
}

/** Parsing a large one takes long: each is kept while the document that holds it is unchanged. */
const remembered = new WeakMap<Store, Map<string, Remembered>>()

/** The consolidated metadata that covers a path: that of the outermost group on the way to it which has any. */
export async function findConsolidated(
  store: Store,
  path: string,
  signal?: AbortSignal,
): Promise<Consolidated | undefined> {
  for (const root of waysTo(path)) {
    for (const name of ['zarr.json', '.zmetadata']) {
      const found = await consolidatedIn(store, root, joinKey(root, name), signal)
      if (found) return found
    }
  }
  return undefined
}

async function consolidatedIn(
  store: Store,
  root: string,
  key: string,
  signal: AbortSignal | undefined,
): Promise<Consolidated | undefined> {
  const known = remembered.get(store) ?? new Map<string, Remembered>()
  remembered.set(store, known)
  try {
    const stamp = await store.stamp(key)
    if (stamp === undefined) return undefined
    const before = known.get(key)
    if (before?.stamp === stamp) return before.consolidated
    const text = await readText(store, key, MAX_CONSOLIDATED, signal)
    const consolidated = text === undefined ? undefined : parse(root, key, text)
    known.set(key, { stamp, consolidated })
    return consolidated
  } catch (error) {
    if (isAborted(error)) throw error
    // A broken copy is no reason to refuse what the nodes' own documents say.
    return undefined
  }
}

function parse(root: string, key: string, text: string): Consolidated | undefined {
  if (nameOf(key) === 'zarr.json' && !text.includes('"consolidated_metadata"')) return undefined
  const document = readDocument(key, text, MAX_CONSOLIDATED)
  const entries = nameOf(key) === 'zarr.json' ? consolidatedV3(document) : consolidatedV2(document)
  return entries && new Consolidated(root, key, entries)
}

/** "", "a", "a/b" for "a/b". */
function waysTo(path: string): string[] {
  const names = path === '' ? [] : path.split('/')
  return ['', ...names.map((_, i) => names.slice(0, i + 1).join('/'))]
}
