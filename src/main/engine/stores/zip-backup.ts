import { writeFully } from '../files/atomic-replace'
import type { Fs } from '../files/fs'
import { errorCode, isAbsent } from '../files/io-error'
import { archivePartial } from './archive-partials'
import type { ZipArchive } from './zip-archive'

/** What disks without second names for a file answer. */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL'])
const BLOCK = 8 * 2 ** 20

/**
 * Keeps an archive that is about to be replaced under another name: a second name for the same file where the disk
 * can, else a copy. An older one of that name goes.
 */
export async function backUp(fs: Fs, archive: ZipArchive, backup: string): Promise<void> {
  await fs.unlink(backup).catch((thrown: unknown) => {
    if (!isAbsent(thrown)) throw thrown
  })
  try {
    await fs.link(archive.path, backup)
  } catch (thrown) {
    if (!NO_LINKS.has(errorCode(thrown) ?? '')) throw thrown
    await copyFile(fs, archive, backup)
  }
}

async function copyFile(fs: Fs, archive: ZipArchive, backup: string): Promise<void> {
  const partial = archivePartial(archive.path)
  const handle = await fs.open(partial, 'create')
  try {
    try {
      for (let at = 0; at < archive.stat.size; at += BLOCK)
        await writeFully(handle, await archive.read(at, Math.min(BLOCK, archive.stat.size - at)), at, partial)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await fs.rename(partial, backup)
  } catch (thrown) {
    await fs.unlink(partial).catch(() => undefined)
    throw thrown
  }
}
