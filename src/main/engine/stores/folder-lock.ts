import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rmdir, stat, unlink, utimes, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { AbortedError, ConflictError } from '@shared/errors'
import { errorCode, ioError } from '../files/io-error'
import { stateOf, thisProcess, type ProcessFacts } from '../files/process-facts'

/** Who holds a lock; the content of the one file in the lock's folder, which is named after its uuid. */
interface Owner extends ProcessFacts {
  uuid: string
}

/** A holder renews the time of its file this often … */
export const HEARTBEAT_MS = 5000
/** … and one that cannot be asked whether it lives, and has not done so for this long, needs a person's decision. */
const SILENT_MS = 60_000
const LONGEST_PAUSE_MS = 20

/**
 * Takes a lock between processes: a folder that holds one file. The folder is made elsewhere and renamed into place,
 * which the system does for one of several callers only, and never over a folder that holds a file. Where the holder
 * died, its file is removed by its unique name, so that nobody can remove the lock of whoever came next.
 *
 * Resolves with the path of the owner's file, for `releaseFolder`. Throws AbortedError; ConflictError for a lock whose
 * holder on another machine is silent; IoError.
 */
export async function acquireFolder(lock: string, signal?: AbortSignal): Promise<string> {
  const uuid = randomUUID()
  const owner: Owner = { uuid, ...thisProcess() }
  const made = `${lock}.${uuid}`
  try {
    await mkdir(dirname(lock), { recursive: true })
    await prepare(made, owner)
    for (let wait = 1; !(await moved(made, lock)); wait = Math.min(LONGEST_PAUSE_MS, 2 * wait)) {
      if (signal?.aborted) throw new AbortedError()
      if (await removeDead(lock)) continue
      await pause(wait * (0.5 + Math.random()))
      // Another holder that left may have removed the folder around both.
      if (!(await exists(made))) await prepare(made, owner)
    }
    return join(lock, `${uuid}.json`)
  } catch (thrown) {
    await remove(made, `${uuid}.json`)
    throw ioError(lock, thrown, 'the lock could not be taken')
  }
}

/** The same, but where somebody holds the lock it gives who, at once. Throws IoError. */
export async function tryFolder(lock: string): Promise<{ ownerFile: string } | { holder: ProcessFacts }> {
  const uuid = randomUUID()
  const made = `${lock}.${uuid}`
  try {
    await mkdir(dirname(lock), { recursive: true })
    for (;;) {
      await prepare(made, { uuid, ...thisProcess() })
      if (await moved(made, lock)) return { ownerFile: join(lock, `${uuid}.json`) }
      await removeDead(lock)
      const holder = await holderOf(lock)
      if (!holder) continue
      await remove(made, `${uuid}.json`)
      return { holder }
    }
  } catch (thrown) {
    await remove(made, `${uuid}.json`)
    throw ioError(lock, thrown, 'the lock could not be taken')
  }
}

/** Who holds a lock, dead or of another machine perhaps; undefined where nobody does. */
async function holderOf(lock: string): Promise<Owner | undefined> {
  const [name] = await readdir(lock).catch(() => [])
  return name === undefined ? undefined : readOwner(join(lock, name))
}

/** Who holds a lock and may still be alive; undefined where nobody does. Changes nothing. */
export async function livingHolder(lock: string): Promise<ProcessFacts | undefined> {
  const owner = await holderOf(lock)
  return owner && stateOf(owner) !== 'dead' ? owner : undefined
}

/** Lets go of a lock; one that somebody else holds by now is left alone. */
export async function releaseFolder(ownerFile: string): Promise<void> {
  await remove(dirname(ownerFile), basename(ownerFile))
}

/** Says that the holder is alive. */
export async function renewFolder(ownerFile: string): Promise<void> {
  const now = new Date()
  await utimes(ownerFile, now, now).catch(() => undefined)
}

async function prepare(folder: string, owner: Owner): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, `${owner.uuid}.json`), JSON.stringify(owner))
}

/** False where somebody holds the lock, or the folder around it has just gone. */
async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (thrown) {
    // Windows answers EPERM or EACCES where the target exists.
    if (['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES', 'EBUSY', 'ENOENT'].includes(errorCode(thrown) ?? ''))
      return false
    throw thrown
  }
}

/** Removes the file of a holder that died; true where there was one, or nobody holds the lock any more. */
async function removeDead(lock: string): Promise<boolean> {
  const names = await readdir(lock).catch(() => [])
  const [name] = names
  if (name === undefined) {
    // An empty folder stands in the way on Windows.
    await rmdir(lock).catch(() => undefined)
    return false
  }
  const file = join(lock, name)
  const owner = await readOwner(file)
  if (owner === undefined) return false
  const state = stateOf(owner)
  if (state === 'unknown') await checkHeart(file, owner)
  if (state !== 'dead') return false
  await remove(lock, name)
  return true
}

async function readOwner(file: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Owner
  } catch {
    return undefined
  }
}

async function checkHeart(file: string, { host, pid }: Owner): Promise<void> {
  const found = await stat(file).catch(() => undefined)
  if (found && Date.now() - found.mtimeMs > SILENT_MS)
    throw new ConflictError(
      file,
      `The lock ${dirname(file)} is held by process ${pid} on ${host}, which has been silent for a minute; delete this folder if that process is gone.`,
    )
}

async function remove(folder: string, name: string): Promise<void> {
  await unlink(join(folder, name)).catch(() => undefined)
  await rmdir(folder).catch(() => undefined)
}

const exists = async (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
