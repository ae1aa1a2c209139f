import { refuseProblems, type FileBatch, type FolderStamp } from '../files/scan-directory'
import type { ZarrArray } from '../nodes/array'
import type { CodecExecutor } from '../pool/executor'
import type { ChunkBatch } from '../stores/chunk-naming'
import { DirectoryStore } from '../stores/directory'
import { isBelow } from '../stores/key'
import { OverlayStore } from '../stores/overlay'
import type { ListableStore } from '../stores/store'
import { ChunkNames } from './chunk-names'
import type { FolderPlace, FolderSink, ListFolderOptions } from './folder-sink'
import { sharedSignal } from './shared-signal'
import { SizesByName } from './sizes-by-name'
import { overStaged, stagedNames } from './staged-keys'

export type { FolderSink, ListFolderOptions }

/** Grids of these sizes are looked up by name beside the listing: that halves the time where most chunks exist. */
const BY_NAME = { min: 16_384, max: 4_000_000 }

/**
 * Lists the folder of one array, on worker threads where the store is a directory. It holds nothing per chunk of the
 * grid, only per stored chunk, and of those at most a few million. Gives the folders that were read, relative to the
 * array's, where the store is a directory and they are not too many.
 *
 * Throws IoError for folders that cannot be read, after everything else was given.
 */
export async function listFolder(
  array: ZarrArray,
  sink: FolderSink,
  options: ListFolderOptions = {},
): Promise<FolderStamp[] | undefined> {
  const names = new ChunkNames(array)
  const coords = new Float64Array(names.rank)
  const take = (name: string, size: number, modified: number): void => {
    if (names.parse(name, coords)) sink.chunk(coords, size, modified)
    else sink.other(size)
  }
  const folder = folderOf(array.store)
  if (!folder)
    return (await scanStore(array, names, sink, options)) ? undefined : scanBelow(array, take, options)
  const place = folder.place(array.path)
  const staged = await overStaged(array.store, array.path, names, sink)
  const list = options.sizes !== false && canLookUp(array, names) ? lookUp : listAll
  const found = place && (await list(array.context.executor, place, names, staged.sink, options))
  staged.finish()
  return found
}

/** The folder that a store is, or that lies behind staged keys. */
export function folderOf(store: ListableStore): DirectoryStore | undefined {
  const behind = behindStaged(store)
  return behind instanceof DirectoryStore ? behind : undefined
}

const behindStaged = (store: ListableStore): ListableStore =>
  store instanceof OverlayStore ? store.base : store

/** Whether `listFolder` would look sizes up by name, which pays for arrays of many chunks in a directory. */
export const canLookUp = (array: ZarrArray, names: ChunkNames): boolean =>
  folderOf(array.store) !== undefined &&
  names.rank > 0 &&
  names.count >= BY_NAME.min &&
  names.count <= BY_NAME.max

/** Every file below a node, its name relative to it; `exclude` are folders left out. Gives the folders as `listFolder`. */
export async function scanBelow(
  node: Pick<ZarrArray, 'store' | 'path' | 'context'>,
  take: (name: string, size: number, modified: number) => void,
  { signal, onBatch }: ListFolderOptions,
  exclude: readonly string[] = [],
): Promise<FolderStamp[] | undefined> {
  const { store, path, context } = node
  const abort = signal ? { signal } : {}
  const isExcluded = (name: string): boolean => exclude.some((folder) => isBelow(folder, name))
  const folder = folderOf(store)
  if (!folder) {
    const skip = path === '' ? 0 : path.length + 1
    for await (const batch of store.scan(path, abort)) {
      for (const { key, size } of batch) if (!isExcluded(key.slice(skip))) take(key.slice(skip), size, NaN)
      onBatch?.()
    }
    return undefined
  }
  const staged = stagedNames(store, path)
  const place = folder.place(path)
  const job = place && { root: place.folder, confinement: place.confinement, exclude: [...exclude] }
  const onFiles = ({ names, sizes, modified }: FileBatch): void => {
    for (let i = 0; i < names.length; i++)
      if (!staged.has(names[i]!)) take(names[i]!, sizes[i]!, modified[i]!)
    onBatch?.()
  }
  const end = job && (await context.executor.scan(job, onFiles, abort))
  for (const [name, size] of staged) if (size !== undefined && !isExcluded(name)) take(name, size, NaN)
  refuseProblems(end?.problems ?? [])
  return end?.folders
}

/** Takes what a store tells of an array's chunks by itself; false where it does not. */
async function scanStore(
  { store, path }: ZarrArray,
  names: ChunkNames,
  sink: FolderSink,
  { signal, onBatch }: ListFolderOptions,
): Promise<boolean> {
  const batches = behindStaged(store).scanChunks?.(path, names.naming, signal ? { signal } : {})
  if (!batches) return false
  const staged = await overStaged(store, path, names, sink)
  for await (const batch of batches) {
    giveBatch(batch, names.rank, staged.sink)
    onBatch?.()
  }
  staged.finish()
  return true
}

function giveBatch(
  { others, coords, count, sizes, modified }: ChunkBatch,
  rank: number,
  sink: FolderSink,
): void {
  const one = new Float64Array(rank)
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < rank; k++) one[k] = coords[i * rank + k]!
    sink.chunk(one, sizes[i] ?? NaN, modified[i] ?? NaN)
  }
  for (let i = 0; i < others.names.length; i++) sink.other(others.sizes[i] ?? NaN)
}

/** Lists names, and sizes where they are wanted, in one go. */
async function listAll(
  executor: CodecExecutor,
  { folder, confinement }: FolderPlace,
  { naming, rank }: ChunkNames,
  sink: FolderSink,
  { signal, onBatch, sizes = true }: ListFolderOptions,
): Promise<FolderStamp[] | undefined> {
  const { problems, folders } = await executor.scanChunks(
    { root: folder, confinement, naming, sizes },
    (batch) => {
      giveBatch(batch, rank, sink)
      onBatch?.()
    },
    signal ? { signal } : {},
  )
  refuseProblems(problems)
  return folders
}

/** Lists names alone, and asks for sizes by computed names at the same time. */
async function lookUp(
  executor: CodecExecutor,
  place: FolderPlace,
  names: ChunkNames,
  sink: FolderSink,
  options: ListFolderOptions,
): Promise<FolderStamp[] | undefined> {
  const { folder, confinement } = place
  const abort = { signal: sharedSignal(options.signal) }
  const sizes = new SizesByName(executor, place, names, sink, options)
  const others: string[] = []
  try {
    const { problems, folders } = await executor.scanChunks(
      { root: folder, confinement, naming: names.naming, sizes: false },
      (batch) => {
        sizes.exist(batch.coords)
        others.push(...batch.others.names)
      },
      abort,
    )
    await sizes.finish()
    const facts = await executor.stat({ root: folder, confinement, names: others }, abort)
    for (const size of facts.sizes) if (size >= 0) sink.other(size)
    refuseProblems(problems)
    return folders
  } finally {
    await sizes.stop()
  }
}
