import { IoError } from '@shared/errors'
import { joinKey } from './key'
import type { ListableStore } from './store'

const DOCUMENTS = ['zarr.json', '.zgroup', '.zarray']

/** Folders looked into before a place is taken to hold no nodes. */
const PROBES = 64

/** Deepest prefix that all entries of an archive may share. */
const MAX_PREFIX = 16

/**
 * Where the outermost node of an archive lies: at its root, or below the one folder that holds all entries (archives
 * are often made of a folder instead of its contents). Undefined where neither has documents.
 */
export async function innerRoot(store: ListableStore): Promise<string | undefined> {
  let prefix = ''
  for (let depth = 0; depth < MAX_PREFIX; depth++) {
    if (await hasDocuments(store, prefix)) return prefix
    const { keys, prefixes } = await store.list(prefix)
    // What macOS adds to archives is no part of the store.
    const [only, ...others] = prefixes.filter((name) => name !== '__MACOSX')
    if (keys.some((key) => key !== '.DS_Store') || only === undefined || others.length > 0) return undefined
    prefix = joinKey(prefix, only)
  }
  return undefined
}

/** Names directly below a place without documents that have some. */
export async function nodesBelow(store: ListableStore, prefix: string): Promise<string[]> {
  const { prefixes } = await store.list(prefix)
  const found: string[] = []
  for (const name of prefixes.slice(0, PROBES))
    if (await hasDocuments(store, joinKey(prefix, name))) found.push(name)
  return found
}

async function hasDocuments(store: ListableStore, prefix: string): Promise<boolean> {
  for (const name of DOCUMENTS) if (await isValue(store, joinKey(prefix, name))) return true
  const meta = joinKey(prefix, 'meta')
  return (await isValue(store, meta)) && (await saysFormat(store, meta))
}

async function isValue(store: ListableStore, key: string): Promise<boolean> {
  try {
    return (await store.size(key)) !== undefined
  } catch (thrown) {
    // A folder or a pipe of that name.
    if (thrown instanceof IoError) return false
    throw thrown
  }
}

async function saysFormat(store: ListableStore, key: string): Promise<boolean> {
  const start = await store.get(key, { range: { offset: 0, length: 65_536 } })
  return start !== undefined && Buffer.from(start).toString('latin1').includes('"zarr_format"')
}
