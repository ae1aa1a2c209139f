import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { IoError, NotAStoreError, UsageError } from '@shared/errors'
import type { FileKind } from '../files/fs'
import { ioError, isAbsent } from '../files/io-error'
import { nodeFs } from '../files/node'
import { SafeReader } from '../files/safe-open'
import { removeArchivePartials } from './archive-partials'
import { DirectoryStore } from './directory'
import type { Flushing } from './folder-writer'
import { documentsIn, isDocumentName } from './documents-on-disk'
import { finishExchanges } from './finish-exchanges'
import { findRoot, isArchiveName, namedRoot, newRoot } from './find-root'
import { innerRoot, nodesBelow } from './inner-root'
import { nameOf, parentOf } from './key'
import { finishSave, savedWords } from './redo-journal'
import type { WritableStore } from './store'
import { ZipStore } from './zip'

export interface OpenStoreOptions {
  /**
   * `r` (default) only reads; `r+` writes to a store that exists; `a`, `w` and `w-` also begin a new one. What they mean
   * for a node that exists is the caller's business: opening a store deletes nothing.
   */
  mode?: 'r' | 'r+' | 'a' | 'w' | 'w-'
  /** Follow links that leave the store when reading. */
  allowLinks?: boolean
  /** What a folder flushes to the disk as it is written; see DirectoryStoreOptions. */
  flush?: Flushing
}

export interface OpenedStore {
  store: WritableStore
  /** Path of the store's folder or archive. */
  storePath: string
  /** Path inside the store that the given path names, "" for its root; there may be no node. */
  nodePath: string
  /** What a person should know: a Save that was cut off has been finished. */
  notice?: string
}

/**
 * Opens the store that a node path leads into. The root is found by walking up from the path; a metadata file stands
 * for its folder; a file ending in `.zip` or `.ozx` is a store of its own, and where all its entries share a prefix the
 * archive's own path stands for that.
 *
 * @throws NotAStoreError with the reason in words; IoError for a damaged archive; UsageError for a URL.
 */
export async function openStore(path: string, options: OpenStoreOptions = {}): Promise<OpenedStore> {
  if (path === '') throw new UsageError('The empty path names no store.')
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path))
    throw new UsageError(`${path} cannot be opened: stores on a network are not supported yet.`)
  const wanted = resolve(path)
  const existing = await nearest(wanted)
  if (existing.kind === 'directory' && (await isRestored(existing.path, wanted)))
    return openStore(path, options)
  if (existing.kind === 'file') return openFile(wanted, existing.path, options)
  if (existing.kind !== 'directory') throw new NotAStoreError(existing.path, 'it is a pipe, device or socket')
  const root = await findRoot(nodeFs, existing.path)
  if (root !== undefined) {
    // Whoever writes begins from a store that no Save has left half done.
    const save = isReading(options) ? undefined : await finishSave(nodeFs, await nodeFs.realpath(root))
    return { ...openFolder(root, wanted, options), ...(save && { notice: savedWords(save) }) }
  }
  if (options.mode && options.mode !== 'r' && options.mode !== 'r+') return openNew(wanted, options)
  if (existing.path !== wanted) throw new NotAStoreError(wanted, 'it does not exist')
  return openImplicit(wanted, options)
}

/** Whether what the path names was missing because a crash had cut off its exchange, and is there now. */
async function isRestored(existing: string, wanted: string): Promise<boolean> {
  if (existing !== wanted && (await finishExchanges(join(existing, firstBelow(existing, wanted)))))
    return true
  const root = await findRoot(nodeFs, existing)
  return root !== undefined && finishExchanges(await nodeFs.realpath(root))
}

const firstBelow = (folder: string, path: string): string => relative(folder, path).split(sep)[0]!

const isReading = ({ mode = 'r' }: OpenStoreOptions): boolean => mode === 'r'

const openFolder = (root: string, wanted: string, options: OpenStoreOptions): OpenedStore => ({
  store: new DirectoryStore(root, {
    readOnly: isReading(options),
    allowLinks: options.allowLinks ?? false,
    ...(options.flush && { flush: options.flush }),
  }),
  storePath: root,
  nodePath: inside(root, wanted),
})

/** A file: an archive, or a document that stands for its folder. */
async function openFile(wanted: string, file: string, options: OpenStoreOptions): Promise<OpenedStore> {
  if (isArchiveName(file)) return openArchive(file, inside(file, wanted), options)
  const folder = dirname(file)
  if (file === wanted && isDocumentName(basename(file)) && (await documentsIn(nodeFs, folder)))
    return openStore(folder, options)
  throw new NotAStoreError(file, await describeFile(file))
}

async function openArchive(path: string, given: string, options: OpenStoreOptions): Promise<OpenedStore> {
  if (!isReading(options)) await removeArchivePartials(nodeFs, path)
  const store = new ZipStore(path, { mode: isReading(options) ? 'r' : 'a' })
  try {
    await store.open()
    if (given !== '')
      return { store, storePath: path, nodePath: isDocumentName(nameOf(given)) ? parentOf(given) : given }
    const nodePath = await innerRoot(store)
    if (nodePath !== undefined) return { store, storePath: path, nodePath }
    if (!isReading(options) || (await nodesBelow(store, '')).length > 0)
      return { store, storePath: path, nodePath: '' }
    throw new NotAStoreError(path, 'the archive holds no Zarr metadata')
  } catch (thrown) {
    await store.discard()
    throw thrown
  }
}

function openNew(wanted: string, options: OpenStoreOptions): OpenedStore {
  const root = newRoot(wanted)
  if (isArchiveName(root)) {
    const store = new ZipStore(root, { mode: 'a' })
    return { store, storePath: root, nodePath: inside(root, wanted) }
  }
  return openFolder(root, wanted, options)
}

/** A folder without documents, neither itself nor above: a store only where it is named so and holds nodes. */
async function openImplicit(wanted: string, options: OpenStoreOptions): Promise<OpenedStore> {
  const nodes = await nodesBelow(new DirectoryStore(wanted, { readOnly: true }), '').catch(
    refuseUnreadable(wanted),
  )
  const root = namedRoot(wanted)
  if (nodes.length > 0 && root !== undefined) return openFolder(root, wanted, options)
  const [first] = nodes
  throw first === undefined
    ? new NotAStoreError(wanted)
    : new NotAStoreError(wanted, `it is a folder that holds stores, such as ${first}; open one of them`)
}

/** Path inside a store, joined by "/" on every system. */
const inside = (root: string, path: string): string => relative(root, path).split(sep).join('/')

/** What exists of a path: itself, or the nearest folder (or file) above. */
async function nearest(wanted: string): Promise<{ path: string; kind: FileKind }> {
  for (let path = wanted; ; path = dirname(path)) {
    try {
      return { path, kind: (await nodeFs.stat(path)).kind }
    } catch (thrown) {
      if (!isAbsent(thrown) || dirname(path) === path) throw refusal(wanted, thrown)
    }
  }
}

function refusal(path: string, thrown: unknown): unknown {
  const error = ioError(path, thrown)
  return error instanceof IoError
    ? new NotAStoreError(
        path,
        `it cannot be read: ${error.message.slice(error.path.length + 2).replace(/\.$/, '')}`,
      )
    : error
}

const refuseUnreadable =
  (path: string) =>
  (thrown: unknown): never => {
    throw refusal(path, thrown)
  }

async function describeFile(path: string): Promise<string> {
  const reader = new SafeReader(nodeFs, { root: dirname(path), followLinks: true })
  const start = await reader.read(path, { range: { offset: 0, length: 4 } }).catch(refuseUnreadable(path))
  if (start && Buffer.from(start).toString('latin1') === 'PK\x03\x04')
    return 'it looks like a zip archive, but its name ends in neither .zip nor .ozx; rename it to open it'
  const root = await findRoot(nodeFs, dirname(path))
  return root === undefined
    ? 'it is a plain file, neither a folder nor a zip archive'
    : `it is a file inside the store ${root}, not an array or group`
}
