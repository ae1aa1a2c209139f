import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { toErrorBody } from '@shared/errors'
import type { Fs } from '../files/fs'
import { DirectoryStore } from '../stores/directory'
import { OverlayStore } from '../stores/overlay'
import { removeDraft } from '../stores/redo-journal'
import type { ListableStore } from '../stores/store'
import { EditJournal } from './journal'
import { Ledger } from './ledger'
import { restore, type Restored } from './restore'
import { StagedKeys } from './staged-keys'
import { counted } from './words'

/** Where the edits of a store are kept: one folder for each store's real path. */
export const journalFolder = (stateFolder: string, realPath: string): string =>
  join(stateFolder, 'edits', createHash('sha256').update(realPath).digest('hex').slice(0, 32))

/**
 * Brings back what an earlier run left staged, for a process that nobody else can edit beside; undefined where there is nothing. Keys that the store holds by now as they
 * were staged are not staged any more. Throws IoError.
 */
export async function recover(fs: Fs, folder: string, ledger: Ledger): Promise<Restored | undefined> {
  const { staged, base } = ledger.keys.overlay
  const place = base instanceof DirectoryStore ? base.place('') : undefined
  if (place) await removeDraft(fs, place.folder)
  const found = await EditJournal.open(fs, folder)
  if (!found) return undefined
  const restored = restore(ledger, found.entries, found.values)
  ledger.keepIn(found.journal)
  const saved: string[] = []
  for (const [key, value] of staged) {
    if ((await base.size(key)) !== value?.size) continue
    const bytes = await base.get(key)
    if (!value || (bytes && Buffer.compare(bytes, await value.whole(key)) === 0)) saved.push(key)
  }
  if (saved.length > 0) ledger.dropped(saved)
  if (ledger.keys.size > 0) return { ...restored, edits: ledger.history.staged.length }
  ledger.history.clear()
  await ledger.forget()
  return undefined
}

/** What an earlier run left staged, in words for who may only look; undefined where there is nothing. Writes nothing. */
export async function keptWords(fs: Fs, folder: string, base: ListableStore): Promise<string | undefined> {
  const entries = await EditJournal.peek(fs, folder)
  // Values are not needed to count, and what is shown stays as the store has it.
  const ledger = new Ledger(new StagedKeys(new OverlayStore(base, { readOnly: true })))
  const { at } = restore(ledger, entries, [])
  const edits = ledger.history.staged.length + ledger.history.takenBack.length
  if (edits === 0) return undefined
  const day = new Date(at).toISOString().slice(0, 10)
  return edits === 1
    ? `1 edit of ${day} that was not saved is kept and comes back when the store is opened for writing.`
    : `${counted(edits, 'edit')} of ${day} that were not saved are kept and come back when the store is opened for writing.`
}

export const unsafeWords = (error: unknown): string =>
  `The edits cannot be kept safe: if the program ends now, those not saved are lost. ${toErrorBody(error).message}`
