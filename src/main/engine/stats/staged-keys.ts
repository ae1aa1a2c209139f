import { joinKey } from '../stores/key'
import { OverlayStore } from '../stores/overlay'
import type { ListableStore } from '../stores/store'
import type { ChunkNames } from './chunk-names'
import type { FolderSink } from './folder-sink'

/** Staged keys below a folder: names relative to it, with their size now; undefined for deleted ones. */
export function stagedNames(store: ListableStore, path: string): Map<string, number | undefined> {
  const names = new Map<string, number | undefined>()
  if (!(store instanceof OverlayStore)) return names
  const skip = path === '' ? 0 : path.length + 1
  for (const key of store.stagedBelow(path)) names.set(key.slice(skip), store.staged.get(key)?.size)
  return names
}

/**
 * A sink for a listing of the folder behind staged keys: those are left out of what it is given, and told as they are
 * now by `finish`.
 */
export async function overStaged(
  store: ListableStore,
  path: string,
  names: ChunkNames,
  sink: FolderSink,
): Promise<{ sink: FolderSink; finish: () => void }> {
  const staged = stagedNames(store, path)
  if (staged.size === 0 || !(store instanceof OverlayStore)) return { sink, finish: () => undefined }
  const coords = new Float64Array(names.rank)
  const chunks = new Map<string, number | undefined>()
  let others = 0
  for (const [name, size] of staged) {
    if (names.parse(name, coords)) chunks.set(coords.join(), size)
    // The listing tells no names of other files: their difference is told.
    else others += (size ?? 0) - ((await store.base.size(joinKey(path, name))) ?? 0)
  }
  return {
    sink: {
      chunk: (at, size, modified) => {
        if (!chunks.has(at.join())) sink.chunk(at, size, modified)
      },
      other: (size) => sink.other(size),
    },
    finish: () => {
      for (const [at, size] of chunks)
        if (size !== undefined)
          sink.chunk(Float64Array.from(at === '' ? [] : at.split(','), Number), size, NaN)
      if (others !== 0) sink.other(others)
    },
  }
}
