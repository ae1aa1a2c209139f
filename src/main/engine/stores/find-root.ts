import { dirname } from 'node:path'
import type { Fs } from '../files/fs'
import { documentsIn } from './documents-on-disk'

/** Endings that make an archive a store. */
export const isArchiveName = (path: string): boolean => /\.(zip|ozx)$/i.test(path)

const isStoreName = (path: string): boolean => /\.zarr$/i.test(path)

/** The path itself, then each folder above it. */
function* upwards(path: string): Generator<string> {
  for (;;) {
    yield path
    const parent = dirname(path)
    if (parent === path) return
    path = parent
  }
}

/**
 * The store that an existing folder belongs to: from the nearest folder with documents up as long as the next one has
 * some too. Above that, an outer folder named `.zarr` is the store, where the groups between them have no documents of
 * their own; one that has documents goes before one that has none. Undefined where no folder up to the top has any.
 */
export async function findRoot(fs: Fs, folder: string): Promise<string | undefined> {
  let root: string | undefined
  for (const path of upwards(folder)) {
    const documents = await documentsIn(fs, path)
    if (documents === 'nested') root = path
    else if (documents === 'format 1' && path === folder) return path
    else if (root !== undefined) break
  }
  if (root === undefined) return undefined
  const named = [...upwards(root)].filter(isStoreName)
  for (const path of [...named].reverse()) if ((await documentsIn(fs, path)) === 'nested') return path
  return named.at(-1) ?? root
}

/** Where a store begins that does not exist yet: at the outermost name that ends like one, else at the path itself. */
export const newRoot = (path: string): string =>
  [...upwards(path)].filter((part) => isStoreName(part) || isArchiveName(part)).at(-1) ?? path

/** The outermost folder named `.zarr` that the path lies in or is. */
export const namedRoot = (path: string): string | undefined => [...upwards(path)].filter(isStoreName).at(-1)
