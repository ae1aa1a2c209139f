import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { IoError } from '@shared/errors'
import { errorCode, ioError, isAbsent } from '../files/io-error'
import { partialName } from '../files/own-names'

/** Linux writes at most this much at once. */
const MAX_WRITE = 2 ** 30

/**
 * The twin of `atomicReplace` for worker threads, which may block: the file is wholly old or wholly new at every
 * moment. A hidden sibling is written in full, measured, flushed where asked for, and renamed over it; a failure
 * removes the sibling and leaves the old file. Missing folders are made. Throws IoError.
 */
export function replaceFileSync(path: string, bytes: Uint8Array, flush: boolean): void {
  const partial = join(dirname(path), partialName())
  try {
    const fd = create(partial)
    try {
      fill(fd, path, bytes, flush)
      renameSync(partial, path)
    } catch (thrown) {
      removeIfAny(partial)
      throw thrown
    }
  } catch (thrown) {
    throw ioError(path, thrown, 'it could not be written')
  }
}

/** Deletes a file; one that is missing already is no fault. Throws IoError. */
export function removeFileSync(path: string): void {
  try {
    unlinkSync(path)
  } catch (thrown) {
    if (!isAbsent(thrown)) throw ioError(path, thrown, 'it could not be deleted')
  }
}

function create(path: string): number {
  try {
    return openSync(path, 'wx')
  } catch (thrown) {
    if (errorCode(thrown) !== 'ENOENT') throw thrown
    makeFolder(dirname(path))
    return openSync(path, 'wx')
  }
}

/** Node's own recursive call never ends where the system refuses new names with ENOENT, as /proc does. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path)
  } catch (thrown) {
    const code = errorCode(thrown)
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || dirname(path) === path) throw thrown
    makeFolder(dirname(path))
    makeLeaf(path)
  }
}

function makeLeaf(path: string): void {
  try {
    mkdirSync(path)
  } catch (thrown) {
    if (errorCode(thrown) !== 'EEXIST') throw thrown
  }
}

function fill(fd: number, path: string, bytes: Uint8Array, flush: boolean): void {
  try {
    for (let done = 0; done < bytes.length;) {
      const count = writeSync(fd, bytes, done, Math.min(MAX_WRITE, bytes.length - done), done)
      if (count === 0)
        throw new IoError(path, 'ENOSPC', 'it could not be written: the disk took no more bytes.')
      done += count
    }
    if (flush) fsyncSync(fd)
    const { size } = fstatSync(fd)
    if (size === bytes.length) return
    throw new IoError(path, 'EIO', `it could not be written: ${size} of ${bytes.length} bytes arrived.`)
  } finally {
    closeSync(fd)
  }
}

function removeIfAny(path: string): void {
  try {
    unlinkSync(path)
  } catch {
    // The first failure is the one to report.
  }
}
