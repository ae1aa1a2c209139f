import { join } from 'node:path'
import { IoError } from '@shared/errors'
import type { FileKind, Fs } from '../files/fs'
import { errorCode, isAbsent } from '../files/io-error'
import { SafeReader } from '../files/safe-open'

/** Files that alone make their folder a node of format 3 or 2. */
const MAKES_NODE = ['zarr.json', '.zgroup', '.zarray']

/** Files that a person may point at and mean their folder. */
const DOCUMENTS = new Set([...MAKES_NODE, '.zattrs', '.zmetadata', 'meta', 'attrs'])

export const isDocumentName = (name: string): boolean => DOCUMENTS.has(name)

/** Which documents a folder holds: those of formats 2 and 3, whose nodes nest, or of format 1, whose do not. */
export type Documents = 'nested' | 'format 1' | undefined

/** Looks for documents by name; of a `meta` it reads the beginning, because many programs write files of that name. */
export async function documentsIn(fs: Fs, folder: string): Promise<Documents> {
  for (const name of MAKES_NODE) if ((await kindAt(fs, join(folder, name))) !== undefined) return 'nested'
  if ((await kindAt(fs, join(folder, 'meta'))) !== 'file') return undefined
  return (await isFormat1(fs, folder)) ? 'format 1' : undefined
}

/** What lies at a path, links followed; undefined where there is nothing that can be reached. */
async function kindAt(fs: Fs, path: string): Promise<FileKind | undefined> {
  try {
    return (await fs.stat(path)).kind
  } catch (thrown) {
    const code = errorCode(thrown)
    // A link in a circle is something: opening the node says what is wrong with it.
    if (code === 'ELOOP') return 'link'
    if (isAbsent(thrown) || code === 'EACCES' || code === 'EPERM' || code === 'ENAMETOOLONG') return undefined
    throw thrown
  }
}

async function isFormat1(fs: Fs, folder: string): Promise<boolean> {
  const reader = new SafeReader(fs, { root: folder, followLinks: true })
  try {
    const start = await reader.read(join(folder, 'meta'), { range: { offset: 0, length: 65_536 } })
    return start !== undefined && Buffer.from(start).toString('latin1').includes('"zarr_format"')
  } catch (thrown) {
    if (thrown instanceof IoError) return false
    throw thrown
  }
}
