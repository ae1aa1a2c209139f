import { IoError } from '@shared/errors'
import type { Fs } from '../files/fs'
import { EditJournal } from './journal'
import { EditLock } from './edit-lock'
import type { Ledger } from './ledger'
import { keptWords, recover, unsafeWords } from './recovery'
import type { Restored } from './restore'

/** Keeps a ledger in a journal, for one process at a time, and brings back what an earlier one left there. */
export class Keeper {
  /** Edits of an earlier run that were brought back. */
  recovered: Restored | null = null
  /** Why nothing can be edited now: another process does. */
  heldBy: string | null = null
  /** What an earlier run left staged that cannot be brought back here. */
  kept: string | undefined
  /** What a person should know where the journal cannot be written. */
  unsafe: string | undefined
  private readonly ledger: Ledger
  private readonly fs: Fs
  private readonly folder: string | undefined
  private readonly lock: EditLock | undefined

  constructor(ledger: Ledger, fs: Fs, folder: string | undefined) {
    this.ledger = ledger
    this.fs = fs
    this.folder = folder
    this.lock = folder === undefined ? undefined : new EditLock(folder)
  }

  /** Brings back what was left, unless another process is at it. */
  async open(): Promise<void> {
    if (this.folder === undefined || !this.lock) return
    try {
      this.heldBy = await this.lock.why()
      if (this.heldBy === null && (await EditJournal.exists(this.fs, this.folder))) await this.take()
    } catch (error) {
      this.tellUnsafe(error)
    }
  }

  /** For who may only look: says what was left, and brings nothing back. */
  async peek(): Promise<void> {
    if (this.folder === undefined) return
    try {
      this.kept = await keptWords(this.fs, this.folder, this.ledger.keys.overlay.base)
    } catch (error) {
      // What cannot be read now is no concern of somebody who cannot edit.
      if (!(error instanceof IoError)) throw error
    }
  }

  /** Looks again whether another process edits; true where that has changed. */
  async look(): Promise<boolean> {
    const before = this.heldBy
    if (this.lock) this.heldBy = await this.lock.why()
    return before !== this.heldBy
  }

  /** Makes the edits of this store this process's own; false, with `heldBy`, where another one has them. */
  async take(): Promise<boolean> {
    if (this.folder === undefined || !this.lock) return true
    try {
      this.heldBy = await this.lock.take()
      if (this.heldBy !== null) return false
      if (!this.ledger.hasJournal) this.recovered = (await recover(this.fs, this.folder, this.ledger)) ?? null
    } catch (error) {
      this.tellUnsafe(error)
    }
    return true
  }

  /** Writes to the journal what happened since. Where that fails the edits go on, and `unsafe` says so. */
  async record(): Promise<void> {
    if (this.folder === undefined || !this.ledger.hasNews) return
    try {
      if (!this.ledger.hasJournal) this.ledger.keepIn(await EditJournal.create(this.fs, this.folder))
      await this.ledger.record()
      this.unsafe = undefined
    } catch (error) {
      this.tellUnsafe(error)
    }
    await this.rest()
  }

  /** Lets other processes edit while nothing is staged here. */
  async rest(): Promise<void> {
    if (this.ledger.keys.size === 0) await this.lock?.release()
  }

  /** The journal stays where something is staged, and goes otherwise. */
  async close(): Promise<void> {
    if (this.ledger.keys.size > 0) await this.ledger.close()
    else await this.ledger.forget().catch(() => undefined)
    await this.lock?.release()
  }

  private tellUnsafe(error: unknown): void {
    if (!(error instanceof IoError)) throw error
    this.unsafe = unsafeWords(error)
  }
}
