import { IoError, LimitError } from '@shared/errors'
import { decodeJsonBytes } from '@shared/json/parse'
import { checkPipeline } from '../codecs/pipeline'
import { isKnownCodec } from '../codecs/table'
import type { ZarrFormat } from '@shared/model/node'
import { FIRST_DOCUMENTS, maxDocument } from '../metadata/document'
import { parseNode, type ParsedNode } from '../metadata/parse-node'
import { joinKey } from '../stores/key'
import type { Store } from '../stores/store'

/** The metadata documents found at one path: file name → text. Empty where there is no node. */
export type NodeDocuments = ReadonlyMap<string, string>

interface ReadOptions {
  signal?: AbortSignal | undefined
}

/**
 * Reads the documents of every format at `path`. Throws LimitError for documents that are too large, MetadataError for
 * text that is not UTF-8, IoError for what cannot be read.
 */
export async function readDocuments(
  store: Store,
  path: string,
  options: ReadOptions = {},
): Promise<NodeDocuments> {
  const read = (name: string): Promise<[string, string][]> => readNamed(store, path, name, options)
  const files = await Promise.all([
    read('zarr.json'),
    read('.zarray').then(async (zarray) => {
      const main = zarray.length > 0 ? zarray : await read('.zgroup')
      return main.length > 0 ? [...main, ...(await read('.zattrs'))] : []
    }),
    read('meta').then(async (meta) => (meta.length > 0 ? [...meta, ...(await read('attrs'))] : [])),
  ])
  return new Map(files.flat())
}

/**
 * The documents of the format that counts at `path` (3, 2, 1 in this order), and nothing of the others: what a listing of
 * many nodes needs. Throws as `readDocuments` does.
 */
export async function readFirstDocuments(
  store: Store,
  path: string,
  options: ReadOptions = {},
): Promise<NodeDocuments> {
  const read = (name: string): Promise<[string, string][]> => readNamed(store, path, name, options)
  for (const [main, beside] of FIRST_DOCUMENTS) {
    const found = await read(main)
    if (found.length > 0) return new Map([...found, ...(beside === undefined ? [] : await read(beside))])
  }
  return new Map()
}

async function readNamed(
  store: Store,
  path: string,
  name: string,
  { signal }: ReadOptions,
): Promise<[string, string][]> {
  const text = await readText(store, joinKey(path, name), maxDocument(name), signal)
  return text === undefined ? [] : [[name, text]]
}

/** The text of a value; undefined where there is none, also where a folder has its name. */
export async function readText(
  store: Store,
  key: string,
  limit: number,
  signal?: AbortSignal,
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

/** Parses documents with the codecs of this program; `prefer` chooses among coexisting formats. */
export const parseDocuments = (
  path: string,
  documents: NodeDocuments,
  prefer?: ZarrFormat,
): ParsedNode | undefined =>
  parseNode(path, documents, { checkPipeline, isKnownCodec, ...(prefer === undefined ? {} : { prefer }) })

/** Whether documents make a node of `path`; cheaper than reading them. */
export async function hasNode(store: Store, path: string, { signal }: ReadOptions = {}): Promise<boolean> {
  for (const name of ['zarr.json', '.zarray', '.zgroup']) {
    if (await isValue(store, joinKey(path, name), signal)) return true
  }
  if (!(await isValue(store, joinKey(path, 'meta'), signal))) return false
  return (await readDocuments(store, path, { signal })).get('meta')?.includes('"zarr_format"') ?? false
}

async function isValue(store: Store, key: string, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    return (await store.size(key, signal ? { signal } : {})) !== undefined
  } catch (error) {
    if (error instanceof IoError && error.syscall === 'EISDIR') return false
    throw error
  }
}
