import { ConflictError, IoError, isAborted, ZarrscopeError } from '@shared/errors'
import { overlapped } from '../cache/overlapped'
import type { Fs } from '../files/fs'
import { DirectoryStore } from '../stores/directory'
import type { Staged } from '../stores/overlay'
import { partialNamer, RedoJournal, type RedoStep } from '../stores/redo-journal'
import { StagedValue } from '../stores/staged-value'
import type { WritableStore } from '../stores/store'
import { ZipStore } from '../stores/zip'
import type { Committed } from './committed'
import { writingTo } from './direct'
import { isDocumentKey } from './document-key'
import { safeOrder, type Step, type Write } from './safe-order'
import { changedKeys, type StagedKeys } from './staged-keys'

/** Keys written at a time. */
const AT_ONCE = 16

export interface CommitOptions {
  fs: Fs
  /** Bytes that the store's own values may have to be kept for Undo. */
  undoBytes: number
  /** Takes a value that will be needed to undo the Save out of memory. */
  keep: (value: StagedValue) => Promise<void>
  onProgress?: ((done: number, total: number) => void) | undefined
}

/**
 * Writes staged keys to the store behind them, in the safe order. A folder gets a journal beside it first, so that a Save
 * that is cut off is finished by whoever opens the store next; one that fails is put back as far as the disk allows. An
 * archive is replaced as a whole or not at all. `committed` tells what came of it. Throws ConflictError for a key that
 * somebody else changed since, IoError.
 */
export async function commit(
  { overlay, stamps }: StagedKeys,
  committed: Committed,
  options: CommitOptions,
): Promise<void> {
  const base = overlay.base as WritableStore
  const befores = await storedValues(base, overlay.staged, options)
  committed.isFinal = befores === undefined
  const writes: Write[] = []
  for (const [key, value] of overlay.staged)
    writes.push(isDocumentKey(key) ? { key, value, texts: await textsOf(base, key, value) } : { key, value })
  const work: Work = { base, groups: safeOrder(writes), befores, stamps, committed, options }
  if (base instanceof ZipStore) await commitArchive(work)
  else if (base instanceof DirectoryStore) await commitFolder(work, base)
  else await commitOthers(work)
}

interface Work {
  base: WritableStore
  groups: Step[][]
  /** Undefined where they are too much to be kept. */
  befores: ReadonlyMap<string, Staged> | undefined
  stamps: ReadonlyMap<string, string | undefined>
  committed: Committed
  options: CommitOptions
}

const beforeOf = ({ befores }: Work, key: string): Staged => befores?.get(key) ?? null

async function commitFolder(work: Work, base: DirectoryStore): Promise<void> {
  const { fs, onProgress } = work.options
  const { groups, committed, stamps } = work
  const changed = await changedKeys(base, stamps)
  if (changed.length > 0) throw conflictOf(changed)
  const place = base.place('')
  if (!place) throw new IoError(base.path, 'ENOENT', 'the store has vanished; nothing was saved.')
  const steps = groups.map((group) => group.map((step) => redoStep(step, work)))
  const journal = await RedoJournal.write(fs, place.folder, steps.flat())
  const store = new DirectoryStore(base.path, { fs, flush: 'all', partialName: partialNamer(journal.id) })
  const now = new Map<string, string | undefined>()
  let done = 0
  try {
    for (const group of steps)
      await overlapped(group, AT_ONCE, async ({ key, value, stamp }) => {
        now.set(key, stamp)
        await store.change(key, value && (await value.whole(key)), stamp)
        now.set(key, await base.stamp(key))
        if (!value && now.get(key) !== undefined) throw new IoError(key, 'EIO', 'it could not be deleted.')
        onProgress?.(++done, steps.flat().length)
      })
    for (const [key, stamp] of now) committed.written.set(key, { before: beforeOf(work, key), stamp })
  } catch (thrown) {
    throw await takenBack(thrown, work, { store, journal, now })
  }
  // Where it cannot be removed now, it is later; whoever finds it before sees that all of it is done.
  await journal.remove().catch(() => (committed.unfinished = journal))
}

/** Each key is to hold what it held when it was edited; after its first step, what that left. */
function redoStep({ key, value }: Step, { groups, stamps }: Work): RedoStep {
  const first = groups.flat().find((step) => step.key === key)
  return { key, value, stamp: first?.value === value ? stamps.get(key) : undefined }
}

/** Puts back what was written of a Save that failed. Gives the error to throw. */
async function takenBack(
  thrown: unknown,
  work: Work,
  {
    store,
    journal,
    now,
  }: { store: DirectoryStore; journal: RedoJournal; now: Map<string, string | undefined> },
): Promise<unknown> {
  const { committed, stamps, befores } = work
  const tell = async (key: string): Promise<void> => {
    const stamp = await store.stamp(key)
    const isWritten = stamp !== stamps.get(key) && (await holds(store, key, work))
    if (isWritten) committed.written.set(key, { before: beforeOf(work, key), stamp })
    else if (stamp === now.get(key) || committed.restamped.has(key)) committed.restamped.set(key, stamp)
  }
  try {
    if (!befores) throw new IoError(store.path, 'ENOSPC', 'what was written cannot be put back.')
    for (const key of [...now.keys()].reverse()) {
      const stamp = await store.stamp(key)
      if (stamp === stamps.get(key)) continue
      if (stamp !== now.get(key) && !(await holds(store, key, work))) continue
      const before = befores.get(key) ?? null
      await store.change(key, before && (await before.whole(key)), stamp)
      committed.restamped.set(key, await store.stamp(key))
    }
    await journal.remove()
    return explained(thrown, 'Nothing was saved; your edits are kept.')
  } catch (error) {
    if (isAborted(error) || !(error instanceof ZarrscopeError)) throw error
    committed.unfinished = journal
    for (const key of now.keys()) await tell(key).catch(() => undefined)
    const count = committed.written.size
    return explained(
      thrown,
      `${count} of ${stamps.size} files were written; the rest is kept here. Save again to finish.`,
    )
  }
}

/** Whether the store holds what was to be written; anything else was never touched, or somebody else's. */
async function holds(store: DirectoryStore, key: string, { groups }: Work): Promise<boolean> {
  const value = groups.flat().findLast((step) => step.key === key)!.value
  if ((await store.size(key)) !== value?.size) return false
  return !value || Buffer.compare((await store.get(key))!, await value.whole(key)) === 0
}

function explained(thrown: unknown, more: string): unknown {
  if (!(thrown instanceof IoError)) return thrown
  const why = thrown.message.slice(thrown.path.length + 2)
  return new IoError(thrown.path, thrown.syscall, `${why.replace(/\.$/, '')}. ${more}`, { cause: thrown })
}

/** Everything that changes goes into one new archive, which takes the place of the old one when it was checked. */
async function commitArchive(work: Work): Promise<void> {
  const { base, groups, stamps, committed } = work
  await writingTo(base, async (archive) => {
    const changed = await changedKeys(archive, stamps)
    if (changed.length > 0) throw conflictOf(changed)
    for (const { key, value } of groups.flat()) {
      if (value) await archive.set(key, await value.whole(key))
      else await archive.delete(key)
    }
  })
  for (const key of stamps.keys())
    committed.written.set(key, { before: beforeOf(work, key), stamp: await base.stamp(key) })
}

/** Stores that end with the process have nothing to be finished later. */
async function commitOthers(work: Work): Promise<void> {
  const { base, groups, stamps, committed } = work
  const changed = await changedKeys(base, stamps)
  if (changed.length > 0) throw conflictOf(changed)
  for (const { key, value } of groups.flat()) {
    if (value) await base.set(key, await value.whole(key))
    else await base.delete(key)
    committed.written.set(key, { before: beforeOf(work, key), stamp: await base.stamp(key) })
  }
}

export const conflictOf = ([first = '', ...others]: readonly string[]): ConflictError =>
  new ConflictError(
    first,
    others.length === 0
      ? `${first} was changed by another program since it was edited here; nothing was saved. Choose which one to keep.`
      : `${first} and ${others.length} more were changed by another program since they were edited here; nothing was saved. Choose which ones to keep.`,
  )

export const changedAgain = ([first = '', ...others]: readonly string[]): ConflictError =>
  new ConflictError(
    first,
    others.length === 0
      ? `${first} was changed again by another program after it was shown here; nothing was chosen for it. Look at both sides anew.`
      : `${first} and ${others.length} more were changed again by another program after they were shown here; nothing was chosen for them. Look at both sides anew.`,
  )

/** What the store holds under the staged keys; undefined where that is more than may be kept. */
async function storedValues(
  base: WritableStore,
  staged: ReadonlyMap<string, Staged>,
  { undoBytes, keep }: CommitOptions,
): Promise<Map<string, Staged> | undefined> {
  let bytes = 0
  for (const key of staged.keys()) bytes += (await base.size(key)) ?? 0
  if (bytes > undoBytes) return undefined
  const values = new Map<string, Staged>()
  for (const key of staged.keys()) {
    const stored = await base.get(key)
    const value = stored ? StagedValue.of(stored) : null
    if (value) await keep(value)
    values.set(key, value)
  }
  return values
}

async function textsOf(
  base: WritableStore,
  key: string,
  after: Staged,
): Promise<NonNullable<Write['texts']>> {
  const text = (bytes: Uint8Array | undefined): string | undefined => bytes && new TextDecoder().decode(bytes)
  return { before: text(await base.get(key)), after: text((await after?.whole(key)) ?? undefined) }
}
