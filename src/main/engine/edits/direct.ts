import { DirectoryStore } from '../stores/directory'
import type { WritableStore } from '../stores/store'
import { ZipStore } from '../stores/zip'

/**
 * Hands over a store for writing. An archive that was opened for reading is opened again for that: it is replaced as a
 * whole when the work ends well, and stays as it was otherwise.
 */
export async function writingTo<T>(
  base: WritableStore,
  work: (store: WritableStore) => Promise<T>,
): Promise<T> {
  // Save flushes every value; work on many chunks flushes what others cannot be read without.
  if (base instanceof DirectoryStore) return work(new DirectoryStore(base.path))
  if (!(base instanceof ZipStore)) return work(base)
  const archive = new ZipStore(base.path, { mode: 'a' })
  let result: T
  try {
    result = await work(archive)
    await archive.close()
  } catch (thrown) {
    await archive.discard()
    throw thrown
  }
  // Asking for a stamp opens the archive that is there now.
  await base.stamp('zarr.json')
  return result
}
