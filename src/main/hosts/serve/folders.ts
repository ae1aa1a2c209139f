import { opendir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { IoError, UsageError } from '@shared/errors'
import type { FolderEntry, FolderListing } from '@shared/model/host'
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
 * Folders, stores and zips of a folder below the roots, or of the first root. Hidden names, plain files and links that
 * lead out are left out. Throws UsageError outside the roots, IoError when the system refuses.
 */
export async function listFolder(roots: Roots, path?: string): Promise<FolderListing> {
  const folders = await roots.folders()
  const wanted = path ?? folders[0]
  if (wanted === undefined) throw new UsageError('This host was started without a folder to look into.')
  const folder = await roots.confine(wanted)
  const { names, more } = await namesOf(folder)
  const entries: FolderEntry[] = []
  for (let i = 0; i < names.length && entries.length < MOST_ENTRIES; i += AT_ONCE) {
    const batch = await Promise.all(names.slice(i, i + AT_ONCE).map((name) => entryOf(roots, folder, name)))
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

async function entryOf(roots: Roots, folder: string, name: string): Promise<FolderEntry | null> {
  try {
    const path = await roots.confine(join(folder, name))
    const kind = await stat(path)
    if (kind.isFile()) return /\.(zip|ozx)$/i.test(name) ? { name, path, kind: 'zip' } : null
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
