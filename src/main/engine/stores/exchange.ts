import { randomUUID } from 'node:crypto'
import { basename, dirname, join, relative, sep } from 'node:path'
import { writeFully } from '../files/atomic-replace'
import type { Fs } from '../files/fs'
import { errorCode, ioError, isAbsent } from '../files/io-error'
import { nodeFs } from '../files/node'
import { partialName } from '../files/own-names'
import { removeTree } from '../files/remove-tree'
import type { DirectoryStore } from './directory'
import { thisProcess, type ProcessFacts } from '../files/process-facts'

/** Where a new folder is made, the place that it takes, and where the old one waits until it has. */
interface Place {
  folder: string
  made: string
  aside: string
}

/**
 * What is written down about an exchange, so that a crash loses neither folder; paths are relative to the folder that
 * holds the notes. The name of its file ends in MAKING until the new folder is whole, in TAKING while the two change
 * places.
 */
export interface ExchangeNote extends ProcessFacts, Place {}

export const MAKING = '.making.json'
export const TAKING = '.taking.json'

export interface ExchangeOptions {
  fs?: Fs
  /** Whose notes these are; this process when absent. */
  owner?: ProcessFacts
}

/** The folder of notes about the inside of a store, or about the store itself, which then lies beside it. */
export const notesInside = (root: string): string => join(root, '.exchange.zarrscope.journal')
export const notesBeside = (root: string): string =>
  join(dirname(root), `.${basename(root).slice(0, 200)}.zarrscope.journal`)

/**
 * A folder that is made beside its place and takes it when it is whole. Until `take` nobody sees it, and what lies at
 * the place stays. The system cannot change two folders with one call: between two renames the place is empty. A note
 * says so; `finishExchanges` puts right what a crash left, the next time the store is opened.
 */
export class Exchange {
  private readonly fs: Fs
  private readonly place: Place
  /** Path of the note up to what its name says of the progress. */
  private readonly note: string | undefined

  private constructor(fs: Fs, place: Place, note: string | undefined) {
    this.fs = fs
    this.place = place
    this.note = note
  }

  /** `folder` is the root of a store, or lies in it; it need not exist. Throws IoError. */
  static async begin(
    root: string,
    folder: string,
    { fs = nodeFs, owner = thisProcess() }: ExchangeOptions = {},
  ): Promise<Exchange> {
    const near = await nearestFolder(fs, dirname(folder))
    const place = { folder, made: join(near, partialName()), aside: join(near, partialName()) }
    const notes = folder === root ? notesBeside(root) : notesInside(root)
    const base = dirname(notes)
    // Where there is no store yet, nothing can be lost.
    if ((await nearestFolder(fs, base)) !== base) return new Exchange(fs, place, undefined)
    const inside = (path: string): string => relative(base, path).split(sep).join('/')
    const note = join(notes, randomUUID())
    try {
      await writeNote(fs, `${note}${MAKING}`, {
        ...owner,
        folder: inside(place.folder),
        made: inside(place.made),
        aside: inside(place.aside),
      })
    } catch (thrown) {
      throw ioError(folder, thrown, 'it cannot be replaced')
    }
    return new Exchange(fs, place, note)
  }

  /** Where to make the new folder. */
  get made(): string {
    return this.place.made
  }

  /**
   * Puts the new folder into its place; what was there goes. Where the second rename fails the first is taken back.
   * Throws IoError.
   */
  async take(): Promise<void> {
    const { fs, note } = this
    const { folder, made, aside } = this.place
    try {
      if (note !== undefined) await fs.rename(`${note}${MAKING}`, `${note}${TAKING}`)
      const replaced = await movedAside(fs, folder, aside)
      try {
        await fs.rename(made, folder)
      } catch (thrown) {
        if (replaced) await fs.rename(aside, folder)
        throw thrown
      }
      await fs.syncDirectory(dirname(folder))
    } catch (thrown) {
      throw ioError(folder, thrown)
    }
    await removeTree(fs, aside)
    await this.forget()
  }

  /** Removes what was made and did not take its place, and puts back what waits. Does nothing after `take`. */
  async abandon(): Promise<void> {
    const { fs } = this
    const { folder, made, aside } = this.place
    if ((await isThere(fs, aside)) && !(await isThere(fs, folder))) await fs.rename(aside, folder)
    await removeTree(fs, made)
    await this.forget()
  }

  private async forget(): Promise<void> {
    if (this.note === undefined) return
    for (const progress of [MAKING, TAKING]) await forgetNote(this.fs, `${this.note}${progress}`)
  }
}

/** Begins to make what will take the place of a node of the store, or of the whole store. Throws IoError. */
export function beginExchange(store: DirectoryStore, path: string): Promise<Exchange> {
  const root = store.place('')?.folder ?? store.path
  return Exchange.begin(root, store.place(path)?.folder ?? join(root, path))
}

/** Removes a note, and the folder of notes with the last one. */
export async function forgetNote(fs: Fs, path: string): Promise<void> {
  await fs.unlink(path).catch(() => undefined)
  await fs.rmdir(dirname(path)).catch(() => undefined)
}

async function writeNote(fs: Fs, path: string, note: ExchangeNote): Promise<void> {
  await fs.mkdir(dirname(path)).catch((thrown: unknown) => {
    if (errorCode(thrown) !== 'EEXIST') throw thrown
  })
  const handle = await fs.open(path, 'create')
  try {
    await writeFully(handle, Buffer.from(JSON.stringify(note)), 0, path)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** False where nothing was there. */
async function movedAside(fs: Fs, folder: string, aside: string): Promise<boolean> {
  try {
    await fs.rename(folder, aside)
    return true
  } catch (thrown) {
    if (isAbsent(thrown)) return false
    throw thrown
  }
}

async function nearestFolder(fs: Fs, folder: string): Promise<string> {
  return dirname(folder) === folder || (await isThere(fs, folder))
    ? folder
    : nearestFolder(fs, dirname(folder))
}

async function isThere(fs: Fs, folder: string): Promise<boolean> {
  try {
    return (await fs.stat(folder)).kind === 'directory'
  } catch (thrown) {
    if (isAbsent(thrown)) return false
    throw ioError(folder, thrown)
  }
}
