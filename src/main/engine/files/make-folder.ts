import { dirname } from 'node:path'
import type { Fs } from './fs'
import { errorCode } from './io-error'

/** Makes a folder and those above it that are missing; gives the folders that gained a name, innermost first. */
export async function makeFolder(fs: Fs, path: string): Promise<string[]> {
  const parent = dirname(path)
  try {
    await fs.mkdir(path)
    return [parent]
  } catch (thrown) {
    const code = errorCode(thrown)
    if (code === 'EEXIST') return []
    if (code !== 'ENOENT' || parent === path) throw thrown
  }
  const above = await makeFolder(fs, parent)
  try {
    await fs.mkdir(path)
  } catch (thrown) {
    if (errorCode(thrown) !== 'EEXIST') throw thrown
  }
  return [parent, ...above]
}
