import { IoError, LimitError } from '@shared/errors'
import { decodeJsonBytes } from '@shared/json/parse'
import type { ZarrFormat } from '@shared/model/node'
import { joinKey } from '../stores/key'
import type { Store } from '../stores/store'

/** The metadata files of a node by format; the first of a format that exists makes the node. */
export const DOCUMENT_NAMES: Record<ZarrFormat, readonly string[]> = {
  3: ['zarr.json'],
  2: ['.zarray', '.zgroup', '.zattrs'],
  1: ['meta', 'attrs'],
}

/** Files that alone make their folder a node: attributes without them are nothing. */
const MAKES_NODE = new Set(['zarr.json', '.zarray', '.zgroup', 'meta'])

/** The order in which formats are tried where several coexist. */
export const FORMAT_ORDER: readonly ZarrFormat[] = [3, 2, 1]

/** Largest metadata document that is read, and the largest consolidated one. */
export const MAX_DOCUMENT = 16 * 1024 * 1024
export const MAX_CONSOLIDATED = 128 * 1024 * 1024

/** The documents found at one path: per format that has a node there, file name → text. Empty where there is none. */
export type NodeDocuments = Map<ZarrFormat, Map<string, string>>

/**
 * Reads the documents of every format at `path`, or of one format only. Throws LimitError for documents that are too
 * large, MetadataError for text that is not UTF-8, IoError for what cannot be read.
 */
export async function readDocuments(
  store: Store,
  path: string,
  options: { format?: ZarrFormat | undefined; signal?: AbortSignal | undefined } = {},
): Promise<NodeDocuments> {
  const formats = options.format === undefined ? FORMAT_ORDER : [options.format]
  const read = await Promise.all(formats.map((format) => readFormat(store, path, format, options.signal)))
  const found: NodeDocuments = new Map()
  formats.forEach((format, i) => {
    const documents = read[i]
    if (documents) found.set(format, documents)
  })
  return found
}

async function readFormat(
  store: Store,
  path: string,
  format: ZarrFormat,
  signal: AbortSignal | undefined,
): Promise<Map<string, string> | undefined> {
  const documents = new Map<string, string>()
  for (const name of DOCUMENT_NAMES[format]) {
    if (!MAKES_NODE.has(name) && documents.size === 0) continue
    if (name === '.zgroup' && documents.has('.zarray')) continue
    const text = await readDocument(
      store,
      joinKey(path, name),
      signal,
      name === 'zarr.json' ? MAX_CONSOLIDATED : MAX_DOCUMENT,
    )
    if (text !== undefined) documents.set(name, text)
  }
  const meta = documents.get('meta')
  // Any program may have a file called "meta": format 1 is only what says so.
  if (documents.size === 0 || (meta !== undefined && !meta.includes('"zarr_format"'))) return undefined
  return documents
}

/** The text of one document; undefined where there is none, also where a folder has its name. */
export async function readDocument(
  store: Store,
  key: string,
  signal?: AbortSignal,
  limit = MAX_DOCUMENT,
): Promise<string | undefined> {
  try {
    // One byte more than is allowed tells that there is more, without reading it.
    const range = { offset: 0, length: limit + 1 }
    const bytes = await store.get(key, signal ? { range, signal } : { range })
    if (bytes === undefined) return undefined
    if (bytes.length > limit) {
      throw new LimitError(`The size of ${key} in bytes`, (await store.size(key)) ?? bytes.length, limit)
    }
    return decodeJsonBytes(bytes, { key, maxLength: limit })
  } catch (error) {
    if (error instanceof IoError && error.syscall === 'EISDIR') return undefined
    throw error
  }
}

/** Whether any document makes a node of `path`; cheaper than reading it. */
export async function hasNode(store: Store, path: string, signal?: AbortSignal): Promise<boolean> {
  const options = signal ? { signal } : {}
  for (const name of ['zarr.json', '.zarray', '.zgroup']) {
    if ((await store.size(joinKey(path, name), options)) !== undefined) return true
  }
  return (await readFormat(store, path, 1, signal).catch(() => undefined)) !== undefined
}
