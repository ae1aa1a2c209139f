import { realpath, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { IoError } from '@shared/errors'
import { replaceFile, writeFully } from '../../files/atomic-replace'
import { ioError, isAbsent } from '../../files/io-error'
import { nodeFs } from '../../files/node'
import { partialName } from '../../files/own-names'
import { humanSize } from '../../nodes/human-size'

/** Waits until the bytes are taken: the buffer may be used again then, and whoever reads ahead is held back. */
export type Write = (data: string | Uint8Array) => Promise<void>

/**
 * Runs `produce` with a writer to a file that appears under its name only when everything is in it; after a failure
 * nothing is left. `bytes` is the size of the whole, where it is known before. Throws IoError, at once where the disk
 * has no room for it.
 */
export async function writeWholeFile(
  path: string,
  bytes: number | undefined,
  produce: (write: Write) => Promise<void>,
): Promise<void> {
  try {
    await replacing((await replaceable(path)) ?? path, bytes, produce)
  } catch (thrown) {
    throw ioError(path, thrown, 'it cannot be written')
  }
}

/** The file that a link leads to, or the path itself where nothing is there yet; undefined for devices and pipes. */
export async function replaceable(path: string): Promise<string | undefined> {
  // The name of an open stream: what it leads to must be written to, not replaced.
  if (/^\/dev\/(std|fd\/)/.test(path)) return undefined
  try {
    const found = await stat(path)
    if (found.isDirectory()) throw new IoError(path, 'EISDIR', 'it is a folder; name a file in it.')
    return found.isFile() ? await realpath(path) : undefined
  } catch (thrown) {
    if (isAbsent(thrown)) return path
    throw thrown
  }
}

async function replacing(
  path: string,
  bytes: number | undefined,
  produce: (write: Write) => Promise<void>,
): Promise<void> {
  const folder = dirname(path)
  if (bytes !== undefined) await checkRoom(path, folder, bytes)
  const partial = join(folder, partialName())
  const file = await nodeFs.open(partial, 'create')
  try {
    let position = 0
    try {
      await produce(async (data) => {
        const piece = typeof data === 'string' ? Buffer.from(data) : data
        await writeFully(file, piece, position, path)
        position += piece.length
      })
      await file.sync()
    } finally {
      await file.close()
    }
    await replaceFile(nodeFs, partial, path, {})
  } catch (thrown) {
    await nodeFs.unlink(partial).catch(() => undefined)
    throw thrown
  }
}

/** Minutes of writing that must end in a full disk are not begun. */
async function checkRoom(path: string, folder: string, bytes: number): Promise<void> {
  const free = await nodeFs.freeSpace(folder)
  // Some systems do not say; a disk without any room is told by the first write.
  if (free <= 0 || bytes <= free) return
  throw new IoError(
    path,
    'ENOSPC',
    `it would take ${humanSize(bytes)}, and its disk has ${humanSize(free)} left.`,
  )
}
