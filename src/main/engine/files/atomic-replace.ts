import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { IoError } from '@shared/errors'
import type { FileStat, Fs, FsHandle } from './fs'
import { errorCode, ioError, isAbsent } from './io-error'
import { partialName } from './own-names'

export interface ReplaceOptions {
  /** Sees what lies at the path just before it is replaced; throws (ConflictError) to leave it as it is. */
  check?: (current: FileStat | undefined) => void
  /** Flush contents and folder to the disk (the default). Without it a crash of the machine may lose the write. */
  flush?: boolean
  /** Milliseconds between attempts to rename where another program holds the file; none but on Windows. */
  retryDelays?: readonly number[]
  /** Names the sibling; `partialName` when absent. */
  partialName?: (() => string) | undefined
}

/** A virus scanner or an indexer may hold a file for a moment; only Windows refuses to rename it then. */
const RETRY_DELAYS = process.platform === 'win32' ? [1, 5, 20, 50, 200, 1000] : []

/**
 * Writes a file so that it is wholly old or wholly new at every moment, whatever fails: a hidden sibling is written,
 * flushed, measured and renamed over it. A failure removes the sibling, leaves the old file and throws IoError.
 * The folder must exist. Gives what was written, for later conflict checks.
 */
export async function atomicReplace(
  fs: Fs,
  path: string,
  bytes: Uint8Array,
  options: ReplaceOptions = {},
): Promise<FileStat> {
  try {
    return await replaceOnce(fs, path, bytes, options)
  } catch (thrown) {
    // After a failed flush the system may have dropped the pages: only a fresh file can be trusted.
    if (!(thrown instanceof FlushFailed)) throw ioError(path, thrown, 'it could not be written')
  }
  try {
    return await replaceOnce(fs, path, bytes, options)
  } catch (thrown) {
    throw ioError(path, thrown instanceof FlushFailed ? thrown.cause : thrown, 'it could not be written')
  }
}

/** Renames a finished sibling over the path, after the conflict check, with the retries that Windows needs. */
export async function replaceFile(
  fs: Fs,
  partial: string,
  path: string,
  options: ReplaceOptions,
): Promise<void> {
  if (options.check) options.check(await statIfAny(fs, path))
  await renameWithRetries(fs, partial, path, options.retryDelays ?? RETRY_DELAYS)
}

/** Writes all bytes at `position`, however short the single writes are. */
export async function writeFully(
  handle: FsHandle,
  bytes: Uint8Array,
  position: number,
  path: string,
): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const count = await handle.write(bytes.subarray(done, done + MAX_WRITE), position + done)
    if (count === 0)
      throw new IoError(path, 'ENOSPC', 'it could not be written: the disk took no more bytes.')
    done += count
  }
}

/** Linux writes at most this much at once. */
const MAX_WRITE = 2 ** 30

/** Flushing failed with a fault of the device. */
class FlushFailed extends Error {}

async function replaceOnce(
  fs: Fs,
  path: string,
  bytes: Uint8Array,
  options: ReplaceOptions,
): Promise<FileStat> {
  const partial = join(dirname(path), (options.partialName ?? partialName)())
  const handle = await fs.open(partial, 'create')
  try {
    const stat = await fill(handle, bytes, path, options.flush !== false)
    await replaceFile(fs, partial, path, options)
    if (options.flush !== false) await fs.syncDirectory(dirname(path))
    return stat
  } catch (thrown) {
    await fs.unlink(partial).catch(() => undefined)
    throw thrown
  }
}

async function fill(handle: FsHandle, bytes: Uint8Array, path: string, flush: boolean): Promise<FileStat> {
  let stat: FileStat
  try {
    await writeFully(handle, bytes, 0, path)
    if (flush) await sync(handle)
    stat = await handle.stat()
  } catch (thrown) {
    await handle.close().catch(() => undefined)
    throw thrown
  }
  await handle.close()
  if (stat.size !== bytes.length)
    throw new IoError(path, 'EIO', `it could not be written: ${stat.size} of ${bytes.length} bytes arrived.`)
  return stat
}

async function sync(handle: FsHandle): Promise<void> {
  try {
    await handle.sync()
  } catch (thrown) {
    if (errorCode(thrown) === 'EIO') throw new FlushFailed('flush', { cause: thrown })
    throw thrown
  }
}

async function statIfAny(fs: Fs, path: string): Promise<FileStat | undefined> {
  try {
    return await fs.stat(path)
  } catch (thrown) {
    if (isAbsent(thrown)) return undefined
    throw thrown
  }
}

const HELD = new Set(['EPERM', 'EACCES', 'EBUSY'])

async function renameWithRetries(fs: Fs, from: string, to: string, delays: readonly number[]): Promise<void> {
  for (const delay of delays) {
    try {
      return await fs.rename(from, to)
    } catch (thrown) {
      if (!HELD.has(errorCode(thrown) ?? '')) throw thrown
      await wait(delay)
    }
  }
  await fs.rename(from, to)
}
