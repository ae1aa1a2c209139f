import { basename, dirname, join, sep } from 'node:path'
import { IoError } from '@shared/errors'
import type { Fs } from '../files/fs'
import { errorCode, ioError, isAbsent } from '../files/io-error'
import { nodeFs } from '../files/node'
import { isOwnName } from '../files/own-names'
import { removeTree } from '../files/remove-tree'
import { readFully } from '../files/safe-open'
import { forgetNote, MAKING, notesBeside, notesInside, TAKING, type ExchangeNote } from './exchange'
import { stateOf } from '../files/process-facts'

/** An exchange of another machine takes milliseconds; a note of one that is this old was left by a crash. */
const SILENT_MS = 60_000
const MAX_NOTE = 65_536

/**
 * Puts right what a crash left of exchanges (see `Exchange`) of a store's folder or of folders in it: a place that is
 * empty gets its new folder, which was whole, or its old one; what is left over goes. Exchanges of processes that live
 * are left alone, and notes that name anything but hidden folders of this program and places in the store are ignored.
 *
 * Resolves with whether anything was put into its place. Throws IoError where that is not possible: something would
 * seem to be missing that is not.
 */
export async function finishExchanges(root: string, fs: Fs = nodeFs): Promise<boolean> {
  let found = false
  for (const notes of [notesBeside(root), notesInside(root)])
    for (const name of await namesIn(fs, notes)) {
      const path = join(notes, name)
      const note = await readNote(fs, path)
      const base = dirname(notes)
      if (!note || !(await isOver(fs, path, note)) || !(await isConfined(fs, base, note))) continue
      found = (await finish(fs, base, note, name.endsWith(TAKING))) || found
      await forgetNote(fs, path)
    }
  return found
}

async function finish(fs: Fs, base: string, note: ExchangeNote, isWhole: boolean): Promise<boolean> {
  const [folder, made, aside] = [join(base, note.folder), join(base, note.made), join(base, note.aside)]
  let found = false
  if (isWhole && !(await isFolder(fs, folder))) {
    const from = (await isFolder(fs, made)) ? made : aside
    if (!(await isFolder(fs, from))) return false
    await fs.rename(from, folder).catch((thrown: unknown) => {
      throw new IoError(
        folder,
        errorCode(thrown) ?? 'EIO',
        `it was being replaced when the program was cut off, and lies at ${from} until it can be moved back: open it where it may be written to.`,
        { cause: thrown },
      )
    })
    await fs.syncDirectory(dirname(folder))
    found = true
  }
  for (const rest of [made, aside])
    if (await isFolder(fs, rest)) await removeTree(fs, rest).catch(() => undefined)
  return found
}

async function namesIn(fs: Fs, notes: string): Promise<string[]> {
  try {
    if (!(await isFolder(fs, notes))) return []
    return (await fs.readdir(notes)).flatMap(({ name, kind }) =>
      kind === 'file' && (name.endsWith(MAKING) || name.endsWith(TAKING)) ? [name] : [],
    )
  } catch (thrown) {
    throw ioError(notes, thrown)
  }
}

async function readNote(fs: Fs, path: string): Promise<ExchangeNote | undefined> {
  try {
    const handle = await fs.open(path, 'read')
    try {
      const { kind, size } = await handle.stat()
      if (kind !== 'file' || size > MAX_NOTE) return undefined
      const bytes = new Uint8Array(size)
      await readFully(handle, bytes, 0, path)
      const note = JSON.parse(Buffer.from(bytes).toString('utf8')) as Record<string, unknown>
      const texts = ['folder', 'made', 'aside', 'host', 'start', 'boot', 'namespace']
      const isNote = texts.every((name) => typeof note[name] === 'string') && typeof note['pid'] === 'number'
      return isNote ? (note as unknown as ExchangeNote) : undefined
    } finally {
      await handle.close()
    }
  } catch {
    return undefined
  }
}

/** Whether whoever wrote the note is at it no more. */
async function isOver(fs: Fs, path: string, note: ExchangeNote): Promise<boolean> {
  const state = stateOf(note)
  if (state !== 'unknown') return state === 'dead'
  if (path.endsWith(MAKING)) return false
  const written = Number((await fs.stat(path)).mtimeNs / 1_000_000n)
  return Date.now() - written > SILENT_MS
}

/** A store may come from anywhere: its notes move and remove nothing but what such notes are about. */
async function isConfined(fs: Fs, base: string, { folder, made, aside }: ExchangeNote): Promise<boolean> {
  const parts = [folder, made, aside].map((path) => path.split('/'))
  if (parts.flat().some((part) => part === '' || part === '.' || part === '..' || part.includes(sep)))
    return false
  if (isOwnName(basename(folder)) || ![made, aside].every((path) => isOwnName(basename(path)))) return false
  const real = await fs.realpath(base)
  for (const path of [folder, made, aside]) {
    const parent = dirname(join(base, path))
    const found = await fs.realpath(parent).catch(() => undefined)
    if (found !== undefined && found !== join(real, dirname(path))) return false
  }
  return true
}

async function isFolder(fs: Fs, path: string): Promise<boolean> {
  try {
    return (await fs.lstat(path)).kind === 'directory'
  } catch (thrown) {
    if (isAbsent(thrown)) return false
    throw ioError(path, thrown)
  }
}
