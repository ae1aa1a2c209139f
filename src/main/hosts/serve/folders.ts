import { opendir, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { IoError, UsageError } from '@shared/errors'
import type { FolderEntry, FolderListing, PickedFile } from '@shared/model/host'
import type { Roots } from './roots'

/** Names read from one folder, and entries shown of it. */
const MOST_NAMES = 20_000
const MOST_ENTRIES = 2_000
/** Entries looked at in parallel. */
const AT_ONCE = 32
/** What lies at the root of a store: formats 3, 2 (array, group, consolidated) and 1. */
const MARKS = ['zarr.json', '.zarray', '.zgroup', '.zmetadata', 'meta']
const byName = new Intl.Collator('en', { numeric: true }).compare

/**
 * Folders, stores, zips and files with one of the extensions of a folder below the roots, or of the first root. Hidden
 * names, other files and links that lead out are left out. Throws UsageError outside the roots, IoError when the system
 * refuses.
 */
export async function listFolder(
  roots: Roots,
  path?: string,
  extensions: readonly string[] = [],
): Promise<FolderListing> {
  const folders = await roots.folders()
  const wanted = path ?? folders[0]
  if (wanted === undefined) throw new UsageError('This host was started without a folder to look into.')
  const folder = await roots.confine(wanted)
  const { names, more } = await namesOf(folder)
  const entries: FolderEntry[] = []
  for (let i = 0; i < names.length && entries.length < MOST_ENTRIES; i += AT_ONCE) {
    const batch = await Promise.all(
      names.slice(i, i + AT_ONCE).map((name) => entryOf(roots, join(folder, name), extensions)),
    )
    entries.push(...batch.filter((e) => e !== null))
  }
  const parent = dirname(folder)
  return {
    path: folder,
    parent: parent !== folder && roots.contain(parent) ? parent : null,
    roots: folders,
    entries: entries.slice(0, MOST_ENTRIES),
    truncated: more || entries.length >= MOST_ENTRIES,
  }
}

async function namesOf(folder: string): Promise<{ names: string[]; more: boolean }> {
  const names: string[] = []
  try {
    for await (const { name } of await opendir(folder)) {
      if (name.startsWith('.')) continue
      if (names.length === MOST_NAMES) return { names: names.sort(byName), more: true }
      names.push(name)
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'EIO'
    throw new IoError(
      folder,
      code,
      code === 'ENOTDIR' ? 'it is not a folder' : `the folder cannot be read (${code})`,
      {
        cause: error,
      },
    )
  }
  return { names: names.sort(byName), more: false }
}

/** A place for something new in a folder below the roots. Throws as `listFolder`. */
export async function targetIn(roots: Roots, folder: string, name: string): Promise<PickedFile> {
  const parent = await roots.confine(folder)
  const isFolder = await stat(parent).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!isFolder) throw new UsageError(`${parent} is not a folder.`)
  const path = await roots.confine(join(parent, name))
  const exists = await stat(path).then(
    () => true,
    () => false,
  )
  return { ticket: path, path, exists }
}

async function entryOf(
  roots: Roots,
  place: string,
  extensions: readonly string[],
): Promise<FolderEntry | null> {
  const name = basename(place)
  try {
    const path = await roots.confine(place)
    const kind = await stat(path)
    if (kind.isFile()) {
      const end = extname(name).slice(1).toLowerCase()
      if (extensions.includes(end)) return { name, path, kind: 'file' }
      return ['zip', 'ozx'].includes(end) ? { name, path, kind: 'zip' } : null
    }
    if (!kind.isDirectory()) return null
    return { name, path, kind: (await isStore(path)) ? 'store' : 'folder' }
  } catch {
    // Gone meanwhile, unreadable, or a link that leads out.
    return null
  }
}

async function isStore(folder: string): Promise<boolean> {
  const found = await Promise.all(MARKS.map((mark) => stat(join(folder, mark)).catch(() => null)))
  return found.some((mark) => mark?.isFile())
}
