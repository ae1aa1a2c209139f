import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { IoError } from '@shared/errors'
import { isInside, leavesStore, rootVanished } from '../files/confinement'
import { errorCode, ioError, isAbsent } from '../files/io-error'
import { partialName } from '../files/own-names'
import type { Located } from '../stores/store'

/** A file to write, as a store locates it. */
export type FileTarget = Extract<Located, { kind: 'file' }>

/** Linux writes at most this much at once. */
const MAX_WRITE = 2 ** 30

/**
 * The twin of `atomicReplace` for worker threads, which may block: the file is wholly old or wholly new at every
 * moment. A hidden sibling is written in full, measured, flushed where asked for, and renamed over it; a failure
 * removes the sibling and leaves the old file. Missing folders are made; a folder that links lead out of the root is
 * refused. Throws IoError.
 */
export function replaceFileSync(file: FileTarget, bytes: Uint8Array, flush: boolean): void {
  const path = linkedFile(file)
  const partial = join(dirname(path), partialName())
  try {
    const fd = create(partial, file)
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

/** The file to replace: the path itself, or what a link inside the store leads to. */
function linkedFile({ path, root, followLinks }: FileTarget): string {
  try {
    if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return path
    const real = realpathSync.native(path)
    if (root !== undefined && !followLinks && !isInside(root, real)) throw leavesStore(path, real)
    return real
  } catch (thrown) {
    throw ioError(path, thrown, 'it could not be written')
  }
}

/** Deletes a file; one that is missing already is no fault. Throws IoError. */
export function removeFileSync(file: FileTarget): void {
  const { path } = file
  try {
    checkFolder(file)
    unlinkSync(path)
  } catch (thrown) {
    if (!isAbsent(thrown)) throw ioError(path, thrown, 'it could not be deleted')
  }
}

function create(path: string, file: FileTarget): number {
  try {
    checkFolder(file)
  } catch (thrown) {
    if (errorCode(thrown) !== 'ENOENT') throw thrown
    if (file.root !== undefined && !existsSync(file.root)) throw rootVanished(file.root)
    makeFolder(dirname(path))
    checkFolder(file)
  }
  return openSync(path, 'wx')
}

function checkFolder({ path, root, followLinks }: FileTarget): void {
  const real = realpathSync.native(dirname(path))
  if (root !== undefined && !followLinks && !isInside(root, real)) throw leavesStore(dirname(path), real)
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
