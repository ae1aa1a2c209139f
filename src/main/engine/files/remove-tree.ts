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

export interface ClearOptions {
  /** Names that go before the others. */
  first?: (name: string) => boolean
  /** Names that stay. */
  keep?: (name: string) => boolean
}

/** Removes everything below a folder and keeps the folder. */
export async function clearFolder(fs: Fs, folder: string, options: ClearOptions = {}): Promise<void> {
  const { first = () => false, keep = () => false } = options
  let entries
  try {
    entries = await fs.readdir(folder)
  } catch (thrown) {
    if (isAbsent(thrown)) return
    throw thrown
  }
  entries = entries.filter(({ name }) => !keep(name))
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
