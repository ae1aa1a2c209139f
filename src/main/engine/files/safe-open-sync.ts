import { closeSync, fstatSync, lstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { ChunkCorruptError, IoError } from '@shared/errors'
import { checkLength, MAX_READ } from './byte-range'
import {
  danglingLink,
  isInside,
  KnownFolders,
  leavesStore,
  notAFile,
  rootVanished,
  type Confinement,
} from './confinement'
import { stampOf, type FileStat } from './fs'
import { errorCode, ioError, isAbsent } from './io-error'
import { CAN_REFUSE_LINKS, fileStat, OPEN_READ } from './node'

/** An open file that worker threads read parts of; a `ByteSource` of the codecs. */
export interface FileSource {
  readonly size: number
  /** Identity of the contents, as `Store.stamp` gives it. */
  readonly stamp: string
  /** Exactly `length` bytes from `offset`; ChunkCorruptError where the file is shorter. */
  read(offset: number, length: number): Uint8Array
  /** The same into the caller's memory, all of it. */
  readInto(target: Uint8Array, offset: number): void
  close(): void
}

/** The synchronous twin of SafeReader.open, for worker threads; undefined where there is no such file. */
export function openSource(path: string, confinement?: Confinement): FileSource | undefined {
  const fd = openFile(path, confinement)
  if (fd === undefined) return absent(confinement)
  let stat: FileStat
  try {
    stat = fileStat(fstatSync(fd, { bigint: true }))
    if (stat.kind !== 'file') throw notAFile(path, stat.kind)
  } catch (thrown) {
    closeSync(fd)
    throw ioError(path, thrown)
  }
  return fileSource(path, fd, stat)
}

/** The whole of a file; undefined where there is none. */
export function readFileSyncSafe(path: string, confinement?: Confinement): Uint8Array | undefined {
  const source = openSource(path, confinement)
  if (!source) return undefined
  try {
    return source.read(0, source.size)
  } finally {
    source.close()
  }
}

function fileSource(path: string, fd: number, stat: FileStat): FileSource {
  const readInto = (target: Uint8Array, offset: number): void => {
    if (offset < 0 || offset + target.length > stat.size)
      throw new ChunkCorruptError(
        path,
        `it has ${stat.size} bytes, and ${target.length} from ${offset} on are needed`,
      )
    readFullySync(path, fd, target, offset)
  }
  return {
    size: stat.size,
    stamp: stampOf(stat),
    readInto,
    read(offset, length) {
      checkLength(path, length)
      const bytes = new Uint8Array(length)
      readInto(bytes, offset)
      return bytes
    },
    close: () => closeSync(fd),
  }
}

function readFullySync(path: string, fd: number, target: Uint8Array, position: number): void {
  for (let done = 0; done < target.length;) {
    let count: number
    try {
      count = readSync(fd, target, done, Math.min(target.length - done, MAX_READ), position + done)
    } catch (thrown) {
      throw ioError(path, thrown)
    }
    if (count === 0) throw new IoError(path, 'ENODATA', 'it became shorter while it was being read.')
    done += count
  }
}

function openFile(path: string, confinement: Confinement | undefined): number | undefined {
  try {
    if (confinement && !enter(dirname(path), confinement)) return undefined
    if (!CAN_REFUSE_LINKS && lstatSync(path).isSymbolicLink()) return openLink(path, confinement)
    return openSync(path, OPEN_READ)
  } catch (thrown) {
    if (isAbsent(thrown)) return undefined
    if (errorCode(thrown) === 'ELOOP' || errorCode(thrown) === 'EMLINK') return openLink(path, confinement)
    throw ioError(path, thrown)
  }
}

function openLink(path: string, confinement: Confinement | undefined): number {
  let real: string
  try {
    real = realpathSync.native(path)
  } catch (thrown) {
    throw isAbsent(thrown) ? danglingLink(path) : ioError(path, thrown)
  }
  if (confinement && !confinement.followLinks && !isInside(confinement.root, real))
    throw leavesStore(path, real)
  try {
    return openSync(real, OPEN_READ)
  } catch (thrown) {
    throw ioError(path, thrown)
  }
}

/** Per root, the folders that this thread has found to lie inside it. */
const known = new Map<string, KnownFolders>()

function enter(folder: string, { root, followLinks }: Confinement): boolean {
  if (followLinks) return true
  let folders = known.get(root)
  if (!folders) known.set(root, (folders = new KnownFolders()))
  if (folders.has(folder)) return true
  const real = realpathSync.native(folder)
  if (!isInside(root, real)) throw leavesStore(folder, real)
  folders.add(folder)
  return true
}

function absent(confinement: Confinement | undefined): undefined {
  if (confinement && !statSync(confinement.root, { throwIfNoEntry: false }))
    throw rootVanished(confinement.root)
  return undefined
}
