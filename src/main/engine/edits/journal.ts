import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Fs } from '../files/fs'
import { ioError, isAbsent } from '../files/io-error'
import { RecordLog, type FoundRecord, type RecordPlace } from '../files/record-log'
import { StagedValue } from '../stores/staged-value'
import { stateOf, thisProcess } from '../files/process-facts'
import type { Entry, StateRef } from './ledger-entries'
import type { KeyState } from './transaction'

const BLOB = 1
const ENTRY = 2

/** How long after it was written an entry is flushed to the disk at the latest. */
const FLUSH_MS = 500
/** Bytes of values that stay in memory although they lie in the journal. */
const HELD_BYTES = 64 * 2 ** 20

const NAME = /^edits-(\d+)\.journal$/

/**
 * What was edited, on the disk: entries in the order of what happened, and the values that they name. What is written
 * survives the end of the program at once, and that of the machine half a second later.
 */
export class EditJournal {
  private readonly fs: Fs
  private readonly log: RecordLog
  private numbers = new WeakMap<StagedValue, number>()
  private readonly inMemory: StagedValue[] = []
  private blobs = 0
  private held = 0
  private flushing: NodeJS.Timeout | undefined
  private flushed: Promise<void> = Promise.resolve()

  private constructor(fs: Fs, log: RecordLog) {
    this.fs = fs
    this.log = log
  }

  /** A new journal in a folder that is made where it is missing, for this user's eyes alone. Throws IoError. */
  static async create(fs: Fs, folder: string): Promise<EditJournal> {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 })
      const last = Math.max(0, ...(await journalsIn(fs, folder)).map(({ number }) => number))
      const log = await RecordLog.create(fs, join(folder, `edits-${last + 1}.journal`))
      return await new EditJournal(fs, log).begin()
    } catch (thrown) {
      throw ioError(folder, thrown, 'the journal of the edits could not be made')
    }
  }

  /** Whether an earlier run left a journal in a folder. Throws IoError. */
  static async exists(fs: Fs, folder: string): Promise<boolean> {
    return (await journalsIn(fs, folder)).length > 0
  }

  /**
   * The journal that a run which has ended left in a folder, to go on with, and its entries; undefined where there is none.
   * A torn end is dropped. Throws IoError.
   */
  static async open(
    fs: Fs,
    folder: string,
  ): Promise<{ journal: EditJournal; entries: Entry[]; values: StagedValue[] } | undefined> {
    for (const { path } of (await journalsIn(fs, folder)).reverse()) {
      const entries: Entry[] = []
      const places: RecordPlace[] = []
      const take = (record: FoundRecord): void => {
        if (record.kind === BLOB) places.push(record)
        else entries.push(JSON.parse(new TextDecoder().decode(record.bytes)) as Entry)
      }
      const log = await RecordLog.open(fs, path, (kind) => kind === ENTRY, take)
      if (!log) continue
      const journal = new EditJournal(fs, log)
      const owner = entries.findLast((entry) => entry.t === 'open')?.owner
      if (owner && stateOf(owner) === 'dead') {
        const values = places.map((place) => journal.found(place))
        return { journal: await journal.begin(), entries, values }
      }
      await log.close()
      if (!owner) await fs.unlink(path)
    }
    return undefined
  }

  /** The entries of a journal that a run which has ended left in a folder; writes nothing. Throws IoError. */
  static async peek(fs: Fs, folder: string): Promise<Entry[]> {
    for (const { path } of (await journalsIn(fs, folder)).reverse()) {
      const entries: Entry[] = []
      const take = ({ bytes }: FoundRecord): void => {
        if (bytes) entries.push(JSON.parse(new TextDecoder().decode(bytes)) as Entry)
      }
      const log = await RecordLog.open(fs, path, (kind) => kind === ENTRY, take, 'read')
      await log?.close()
      const owner = entries.findLast((entry) => entry.t === 'open')?.owner
      if (owner && stateOf(owner) === 'dead') return entries
    }
    return []
  }

  /** Says whose journal this is from now on. */
  private async begin(): Promise<this> {
    await this.append({ t: 'open', version: 1, owner: thisProcess() })
    return this
  }

  /** Bytes of the file. */
  get size(): number {
    return this.log.size
  }

  /** Makes sure that a value lies in the journal; gives what names it in entries. Throws IoError. */
  async refer(state: KeyState): Promise<StateRef> {
    if (!state) return state === null ? null : 'base'
    const known = this.numbers.get(state)
    if (known !== undefined) return known
    const { offset } = await this.log.append(BLOB, await state.whole(''))
    state.placed(this.log.path, offset, this.readPlace)
    this.numbers.set(state, this.blobs)
    this.keep(state)
    return this.blobs++
  }

  /** Adds an entry. Throws IoError. */
  async append(entry: Entry): Promise<void> {
    await this.log.append(ENTRY, new TextEncoder().encode(JSON.stringify(entry)))
    this.flushing ??= setTimeout(() => {
      this.flushing = undefined
      // Whoever writes next is told by the write itself.
      this.flushed = this.log.sync().catch(() => undefined)
    }, FLUSH_MS).unref()
  }

  /** Flushes and closes the file; it stays. */
  async close(): Promise<void> {
    if (this.flushing) {
      clearTimeout(this.flushing)
      await this.log.sync().catch(() => undefined)
    }
    await this.flushed
    await this.log.close()
  }

  /** Closes and deletes it: nothing is staged any more. */
  async remove(): Promise<void> {
    clearTimeout(this.flushing)
    await this.flushed
    await this.log.close()
    await this.fs.unlink(this.log.path)
  }

  private readonly readPlace = (
    { offset }: { offset: number },
    start: number,
    length: number,
  ): Promise<Uint8Array> => this.log.read({ offset: offset + start, length })

  private found(place: RecordPlace): StagedValue {
    const value = StagedValue.in(this.log.path, place, this.readPlace)
    this.numbers.set(value, this.blobs++)
    return value
  }

  /** Values used long ago are read from the file again. */
  private keep(value: StagedValue): void {
    this.inMemory.push(value)
    this.held += value.size
    while (this.held > HELD_BYTES) {
      const oldest = this.inMemory.shift()!
      oldest.release()
      this.held -= oldest.size
    }
  }
}

async function journalsIn(fs: Fs, folder: string): Promise<{ path: string; number: number }[]> {
  try {
    const found = (await fs.readdir(folder)).flatMap(({ name }) => {
      const number = NAME.exec(name)?.[1]
      return number === undefined ? [] : [{ path: join(folder, name), number: Number(number) }]
    })
    return found.sort((a, b) => a.number - b.number)
  } catch (thrown) {
    if (isAbsent(thrown)) return []
    throw ioError(folder, thrown)
  }
}
