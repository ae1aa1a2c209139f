import { dirname, join } from 'node:path'
import { errorCode, ioError } from '../../files/io-error'
import { nodeFs } from '../../files/node'
import { partialName } from '../../files/own-names'
import { removeTree } from '../../files/remove-tree'

/**
 * Puts a folder that was written beside its place into it; what is there goes. Two renames: where the second fails the
 * first is taken back. Throws IoError.
 */
export async function takePlace(folder: string, scratch: string): Promise<void> {
  const old = join(dirname(folder), partialName())
  let replaced = true
  try {
    try {
      await nodeFs.rename(folder, old)
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error
      replaced = false
    }
    try {
      await nodeFs.rename(scratch, folder)
    } catch (error) {
      if (replaced) await nodeFs.rename(old, folder)
      throw error
    }
    await nodeFs.syncDirectory(dirname(folder))
  } catch (error) {
    throw ioError(folder, error)
  }
  if (replaced) await removeTree(nodeFs, old)
}
