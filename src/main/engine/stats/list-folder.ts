import type { Confinement } from '../files/confinement'
import { refuseProblems } from '../files/scan-directory'
import type { ZarrArray } from '../nodes/array'
import type { CodecExecutor } from '../pool/executor'
import { DirectoryStore } from '../stores/directory'
import { ChunkNames } from './chunk-names'
import type { FolderSink, ListFolderOptions } from './folder-sink'
import { sharedSignal } from './shared-signal'
import { SizesByName } from './sizes-by-name'

export type { FolderSink, ListFolderOptions }

/** Grids of these sizes are looked up by name beside the listing: that halves the time where most chunks exist. */
const BY_NAME = { min: 16_384, max: 4_000_000 }

/**
 * Lists the folder of one array, on worker threads where the store is a directory. It holds nothing per chunk of the
 * grid, only per stored chunk, and of those at most a few million.
 *
 * Throws IoError for folders that cannot be read, after everything else was given.
 */
export async function listFolder(
  array: ZarrArray,
  sink: FolderSink,
  options: ListFolderOptions = {},
): Promise<void> {
  const names = new ChunkNames(array)
  const coords = new Float64Array(names.rank)
  const take = (name: string, size: number): void => {
    if (names.parse(name, coords)) sink.chunk(coords, size)
    else sink.other(size)
  }
  const { store } = array
  if (!(store instanceof DirectoryStore)) return scanBelow(array, take, options)
  const place = store.place(array.path)
  if (!place) return
  const { executor } = array.context
  if (canLookUp(array, names)) await lookUp(executor, place, names, sink, options)
  else await listSizes(executor, place, names, sink, options)
}

/** Whether `listFolder` would look sizes up by name, which pays for arrays of many chunks in a directory. */
export const canLookUp = (array: ZarrArray, names: ChunkNames): boolean =>
  array.store instanceof DirectoryStore &&
  names.rank > 0 &&
  names.count >= BY_NAME.min &&
  names.count <= BY_NAME.max

/** Every file below a node, its name relative to it; `exclude` are folders left out. */
export async function scanBelow(
  node: Pick<ZarrArray, 'store' | 'path' | 'context'>,
  take: (name: string, size: number) => void,
  { signal, onBatch }: ListFolderOptions,
  exclude: readonly string[] = [],
): Promise<void> {
  const { store, path, context } = node
  const abort = signal ? { signal } : {}
  if (!(store instanceof DirectoryStore)) {
    const skip = path === '' ? 0 : path.length + 1
    for await (const batch of store.scan(path, abort)) {
      for (const { key, size } of batch) take(key.slice(skip), size)
      onBatch?.()
    }
    return
  }
  const place = store.place(path)
  if (!place) return
  const problems = await context.executor.scan(
    { root: place.folder, confinement: place.confinement, exclude: [...exclude] },
    ({ names, sizes }) => {
      for (let i = 0; i < names.length; i++) take(names[i]!, sizes[i]!)
      onBatch?.()
    },
    abort,
  )
  refuseProblems(problems)
}

interface Place {
  folder: string
  confinement: Confinement
}

/** Lists names and sizes in one go. */
async function listSizes(
  executor: CodecExecutor,
  { folder, confinement }: Place,
  { naming, rank }: ChunkNames,
  sink: FolderSink,
  { signal, onBatch }: ListFolderOptions,
): Promise<void> {
  const one = new Float64Array(rank)
  const problems = await executor.scanChunks(
    { root: folder, confinement, naming },
    ({ others, coords, count, sizes }) => {
      for (let i = 0; i < count; i++) {
        for (let k = 0; k < rank; k++) one[k] = coords[i * rank + k]!
        sink.chunk(one, sizes[i]!)
      }
      for (const size of others.sizes) sink.other(size)
      onBatch?.()
    },
    signal ? { signal } : {},
  )
  refuseProblems(problems)
}

/** Lists names alone, and asks for sizes by computed names at the same time. */
async function lookUp(
  executor: CodecExecutor,
  { folder, confinement }: Place,
  names: ChunkNames,
  sink: FolderSink,
  options: ListFolderOptions,
): Promise<void> {
  const abort = { signal: sharedSignal(options.signal) }
  const sizes = new SizesByName(executor, folder, names, sink, options)
  const others: string[] = []
  try {
    const problems = await executor.scanChunks(
      { root: folder, confinement, naming: names.naming, sizes: false },
      (batch) => {
        sizes.exist(batch.coords)
        others.push(...batch.others.names)
      },
      abort,
    )
    await sizes.finish()
    for (const size of await executor.stat({ root: folder, names: others }, abort))
      if (size >= 0) sink.other(size)
    refuseProblems(problems)
  } finally {
    await sizes.stop()
  }
}
