import { join } from 'node:path'
import type { Fs } from './fs'
import { isAbsent } from './io-error'

/** Names removed at the same time: a folder may hold millions, one after another is slow. */
const AT_ONCE = 32

/** Removes a folder and all below it. Links are removed, never followed. What is gone already is no error. */
export async function removeTree(fs: Fs, folder: string): Promise<void> {
  await clearFolder(fs, folder)
  await quietly(fs.rmdir(folder))
}

/** Removes everything below a folder and keeps the folder; names for which `first` is true go before the others. */
export async function clearFolder(
  fs: Fs,
  folder: string,
  first: (name: string) => boolean = () => false,
): Promise<void> {
  let entries
  try {
    entries = await fs.readdir(folder)
  } catch (thrown) {
    if (isAbsent(thrown)) return
    throw thrown
  }
  entries.sort((a, b) => Number(first(b.name)) - Number(first(a.name)))
  for (let i = 0; i < entries.length; i += AT_ONCE) {
    await Promise.all(
      entries.slice(i, i + AT_ONCE).map(({ name, kind }) => {
        const path = join(folder, name)
        return kind === 'directory' ? removeTree(fs, path) : quietly(fs.unlink(path))
      }),
    )
  }
}

async function quietly(removal: Promise<void>): Promise<void> {
  try {
    await removal
  } catch (thrown) {
    if (!isAbsent(thrown)) throw thrown
  }
}
