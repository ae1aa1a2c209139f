import { randomUUID } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { ConflictError } from '@shared/errors'
import type { Fs } from '../files/fs'
import { errorCode, ioError, isAbsent } from '../files/io-error'
import { isOwnName } from '../files/own-names'
import { RecordLog, type FoundRecord, type RecordPlace } from '../files/record-log'
import { DirectoryStore } from './directory'
import { parentOf } from './key'
import { stateOf, thisProcess, type ProcessFacts } from '../files/process-facts'
import { StagedValue } from './staged-value'

/** A key to be changed, and the identity of what it holds before that; undefined where it is missing. */
export interface RedoStep {
  key: string
  value: StagedValue | null
  stamp: string | undefined
}

const BLOB = 1
const PLAN = 2

/** The last record: everything before it is there once it is. */
interface Plan {
  version: 1
  id: string
  owner: ProcessFacts
  at: number
  /** Key, number of its value among the records (null: deleted), identity before (null: missing). */
  steps: [key: string, value: number | null, stamp: string | null][]
}

/** Disks and folders that take no new file beside the store; the journal lies inside it then. */
const NOT_BESIDE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENAMETOOLONG', 'ENOTSUP'])

/** Where the journal of a folder's Save may lie, by preference; `root` is a real path. */
const placesOf = (root: string): string[] => [
  join(dirname(root), `.${basename(root)}.zarrscope.journal`),
  join(root, '.save.zarrscope.journal'),
]

/** Where a journal is written before it has its name. */
const draftOf = (journal: string): string => journal.replace(/journal$/, 'partial')

/** Names of files that a Save has not put in place yet. */
export const partialNamer = (id: string): (() => string) => {
  let files = 0
  return () => `.${id}.${++files}.zarrscope.partial`
}

/** What a Save is about to write, beside the store and on the disk before the first file changes. */
export class RedoJournal {
  /** Tells the Save's unfinished files from others. */
  readonly id: string
  private readonly fs: Fs
  private readonly path: string

  private constructor(fs: Fs, path: string, id: string) {
    this.fs = fs
    this.path = path
    this.id = id
  }

  /** Writes and flushes it. Throws IoError; nothing is left behind then. */
  static async write(fs: Fs, root: string, steps: readonly RedoStep[]): Promise<RedoJournal> {
    const id = randomUUID()
    const [beside, inside] = placesOf(root) as [string, string]
    try {
      await publish(fs, beside, id, steps)
      return new RedoJournal(fs, beside, id)
    } catch (thrown) {
      if (!NOT_BESIDE.has((thrown as { syscall?: string }).syscall ?? '')) throw thrown
      await publish(fs, inside, id, steps)
      return new RedoJournal(fs, inside, id)
    }
  }

  /** All files are written, or none is to be. Throws IoError. */
  async remove(): Promise<void> {
    await removeJournal(this.fs, this.path)
  }
}

/** What became of a Save that was cut off. */
export interface FinishedSave {
  /** When it began; milliseconds since 1970. */
  at: number
  /** `alive`: the process that saves still runs, or nobody here can tell. `torn`: nothing had been written yet. */
  state: 'finished' | 'alive' | 'torn'
  /** Keys of the Save. */
  keys: number
  /** Keys that somebody else changed since; they were left as they are. */
  skipped: string[]
}

/**
 * Finishes a Save that was cut off, where there is one: what its journal names is written, also where it is by now. With
 * `look` nothing is changed. Throws IoError; the journal stays then.
 */
export async function finishSave(
  fs: Fs,
  root: string,
  options: { look?: boolean } = {},
): Promise<FinishedSave | undefined> {
  for (const path of placesOf(root)) {
    const blobs: RecordPlace[] = []
    const plans: Plan[] = []
    const take = (record: FoundRecord): void => {
      if (record.kind === BLOB) blobs.push(record)
      else plans.push(JSON.parse(new TextDecoder().decode(record.bytes)) as Plan)
    }
    const log = await RecordLog.open(fs, path, (kind) => kind === PLAN, take, 'read')
    if (!log) continue
    try {
      const [plan] = plans
      const facts = { at: plan?.at ?? 0, keys: plan?.steps.length ?? 0, skipped: [] }
      if (plan && mayGoOn(plan)) return { ...facts, state: 'alive' }
      const state = plan ? 'finished' : 'torn'
      if (options.look) return { ...facts, state }
      const steps = (plan?.steps ?? []).map(([key, value, stamp]): RedoStep => ({
        key,
        value: value === null ? null : valueIn(log, blobs[value]!),
        stamp: stamp ?? undefined,
      }))
      const skipped = plan ? await redo(fs, root, plan.id, steps) : []
      await removeJournal(fs, path)
      return { ...facts, state, skipped }
    } finally {
      await log.close()
    }
  }
  return undefined
}

/** How long a Save on a machine that cannot be asked is taken to go on. */
const LONGEST_SAVE_MS = 3_600_000

/** Whether another process may still be writing. One of this process that is found again has failed. */
function mayGoOn({ owner, at }: Plan): boolean {
  const state = stateOf(owner)
  if (state === 'unknown') return Date.now() - at < LONGEST_SAVE_MS
  return state === 'alive' && owner.pid !== process.pid
}

const valueIn = (log: RecordLog, place: RecordPlace): StagedValue =>
  StagedValue.in(log.path, place, ({ offset }, start, length) => log.read({ offset: offset + start, length }))

/** Carries steps out that may have been carried out in part; gives the keys that hold something else by now. */
async function redo(fs: Fs, root: string, id: string, steps: readonly RedoStep[]): Promise<string[]> {
  const store = new DirectoryStore(root, { fs, flush: 'all', partialName: partialNamer(id) })
  for (const folder of new Set(steps.map(({ key }) => parentOf(key)))) await sweep(fs, join(root, folder), id)
  const last = new Map(steps.map(({ key, value }) => [key, value]))
  const isDone = async (key: string): Promise<boolean> => {
    const value = last.get(key) ?? null
    if ((await store.size(key)) !== value?.size) return false
    return value === null || Buffer.compare((await store.get(key))!, await value.whole(key)) === 0
  }
  const skipped = new Set<string>()
  for (const { key, value, stamp } of steps) {
    try {
      if (!(await isDone(key))) await store.change(key, value && (await value.whole(key)), stamp)
      skipped.delete(key)
    } catch (thrown) {
      if (!(thrown instanceof ConflictError)) throw thrown
      skipped.add(key)
    }
  }
  return [...skipped]
}

/** Removes files that the Save had begun. */
async function sweep(fs: Fs, folder: string, id: string): Promise<void> {
  try {
    for (const { name } of await fs.readdir(folder))
      if (name.startsWith(`.${id}.`) && isOwnName(name)) await fs.unlink(join(folder, name))
  } catch (thrown) {
    if (!isAbsent(thrown)) throw ioError(folder, thrown)
  }
}

/** The whole journal under another name first: what has its name is complete. */
async function publish(fs: Fs, path: string, id: string, steps: readonly RedoStep[]): Promise<void> {
  const partial = draftOf(path)
  await removeFile(fs, partial)
  const log = await RecordLog.create(fs, partial)
  try {
    try {
      let blobs = 0
      const listed: Plan['steps'] = []
      for (const { key, value, stamp } of steps) {
        if (value) await log.append(BLOB, await value.whole(key))
        listed.push([key, value ? blobs++ : null, stamp ?? null])
      }
      const plan: Plan = { version: 1, id, owner: thisProcess(), at: Date.now(), steps: listed }
      await log.append(PLAN, new TextEncoder().encode(JSON.stringify(plan)))
      await log.sync()
    } finally {
      await log.close()
    }
    await fs.rename(partial, path)
    await fs.syncDirectory(dirname(path))
  } catch (thrown) {
    await fs.unlink(partial).catch(() => undefined)
    throw ioError(path, thrown, 'it could not be written')
  }
}

/** Removes a journal that a Save was cut off in writing. Only for who knows that no other process is saving. */
export async function removeDraft(fs: Fs, root: string): Promise<void> {
  for (const path of placesOf(root)) await removeFile(fs, draftOf(path))
}

async function removeJournal(fs: Fs, path: string): Promise<void> {
  await removeFile(fs, path)
  try {
    await fs.syncDirectory(dirname(path))
  } catch (thrown) {
    throw ioError(path, thrown, 'it could not be removed')
  }
}

async function removeFile(fs: Fs, path: string): Promise<void> {
  try {
    await fs.unlink(path)
  } catch (thrown) {
    if (!isAbsent(thrown) && errorCode(thrown) !== 'ENAMETOOLONG')
      throw ioError(path, thrown, 'it could not be removed')
  }
}

/** What a person should know about a Save that was cut off. */
export function savedWords(save: FinishedSave): string {
  const when = new Date(save.at).toISOString().slice(0, 16).replace('T', ' ')
  const files = save.keys === 1 ? '1 file' : `${save.keys} files`
  if (save.state === 'alive')
    return `Another process has been saving ${files} to this store since ${when} UTC.`
  if (save.state === 'torn') return 'A Save of this store was cut off before it had changed anything.'
  const skipped =
    save.skipped.length === 0
      ? ''
      : ` ${save.skipped.join(', ')} had been changed by another program and was left as it is.`
  return `A Save of ${when} UTC that was cut off has been finished now: ${files}.${skipped}`
}

export const unfinishedWords = (save: FinishedSave): string =>
  `A Save of this store was cut off on ${new Date(save.at).toISOString().slice(0, 10)}: some of its ${save.keys} files may be old and some new. It will be finished when the store is opened for writing.`
