import { dirname } from 'node:path'
import { AbortedError, IoError } from '@shared/errors'
import { MAX_READ, resolveRange, type ByteRange } from './byte-range'
import {
  danglingLink,
  isInside,
  KnownFolders,
  leavesStore,
  notAFile,
  rootVanished,
  type Confinement,
} from './confinement'
import type { FileStat, Fs, FsHandle } from './fs'
import { errorCode, ioError, isAbsent } from './io-error'

export interface OpenedFile {
  handle: FsHandle
  stat: FileStat
}

export interface ReadOptions {
  range?: ByteRange
  signal?: AbortSignal
}

/**
 * Opens and reads files that may be hostile: a pipe, device or folder in place of a file is an IoError and never a
 * hang; a link may not leave the root; a missing file is undefined, a missing root is an IoError.
 */
export class SafeReader {
  private readonly known = new KnownFolders()
  private readonly fs: Fs
  private readonly confinement: Confinement

  constructor(fs: Fs, confinement: Confinement) {
    this.fs = fs
    this.confinement = confinement
  }

  /** Undefined where there is no such file. The caller closes the handle. */
  async open(path: string): Promise<OpenedFile | undefined> {
    try {
      const handle = await this.openFile(path)
      if (!handle) return await this.absent()
      return await withStat(handle, path)
    } catch (thrown) {
      throw ioError(path, thrown)
    }
  }

  /** The bytes of a file, or the part of them that `range` asks for. */
  async read(path: string, options: ReadOptions = {}): Promise<Uint8Array | undefined> {
    const file = await this.open(path)
    if (!file) return undefined
    try {
      const { start, length } = resolveRange(path, file.stat.size, options.range)
      const bytes = new Uint8Array(length)
      await readFully(file.handle, bytes, start, path, options.signal)
      return bytes
    } catch (thrown) {
      throw ioError(path, thrown)
    } finally {
      await file.handle.close()
    }
  }

  /** What lies at the path, a link followed where that is allowed; undefined where there is nothing. */
  async stat(path: string): Promise<FileStat | undefined> {
    try {
      if (path === this.confinement.root) return await this.fs.stat(path)
      if (!(await this.enter(dirname(path)))) return await this.absent()
      const stat = await this.fs.lstat(path)
      if (stat.kind !== 'link') return stat
      return await this.fs.stat(await this.follow(path))
    } catch (thrown) {
      if (isAbsent(thrown)) return await this.absent()
      throw ioError(path, thrown)
    }
  }

  private async openFile(path: string): Promise<FsHandle | undefined> {
    try {
      if (!(await this.enter(dirname(path)))) return undefined
      return await this.fs.open(path, 'read')
    } catch (thrown) {
      if (isAbsent(thrown)) return undefined
      // FreeBSD says EMLINK where others say ELOOP.
      if (errorCode(thrown) !== 'ELOOP' && errorCode(thrown) !== 'EMLINK') throw thrown
    }
    return this.fs.open(await this.follow(path), 'read')
  }

  /** The real path of a link. */
  private async follow(path: string): Promise<string> {
    let real: string
    try {
      real = await this.fs.realpath(path)
    } catch (thrown) {
      if (isAbsent(thrown)) throw danglingLink(path)
      throw thrown
    }
    if (!this.confinement.followLinks && !isInside(this.confinement.root, real)) throw leavesStore(path, real)
    return real
  }

  /** True if the folder exists; throws if it lies outside the root. */
  private async enter(folder: string): Promise<boolean> {
    if (this.confinement.followLinks || this.known.has(folder)) return true
    let real: string
    try {
      real = await this.fs.realpath(folder)
    } catch (thrown) {
      if (isAbsent(thrown)) return false
      throw thrown
    }
    if (!isInside(this.confinement.root, real)) throw leavesStore(folder, real)
    this.known.add(folder)
    return true
  }

  /** Nothing was found: is that so, or has the whole store gone? */
  private async absent(): Promise<undefined> {
    const { root } = this.confinement
    try {
      await this.fs.stat(root)
    } catch (thrown) {
      if (isAbsent(thrown)) throw rootVanished(root)
      throw ioError(root, thrown)
    }
    return undefined
  }
}

async function withStat(handle: FsHandle, path: string): Promise<OpenedFile> {
  try {
    const stat = await handle.stat()
    if (stat.kind !== 'file') throw notAFile(path, stat.kind)
    return { handle, stat }
  } catch (thrown) {
    await handle.close()
    throw thrown
  }
}

/** Fills `target` from `position` on, however short the single reads are. */
export async function readFully(
  handle: FsHandle,
  target: Uint8Array,
  position: number,
  path: string,
  signal?: AbortSignal,
): Promise<void> {
  for (let done = 0; done < target.length;) {
    if (signal?.aborted) throw new AbortedError()
    const part = target.subarray(done, Math.min(target.length, done + MAX_READ))
    const count = await handle.read(part, position + done)
    if (count === 0) throw new IoError(path, 'ENODATA', 'it became shorter while it was being read.')
    done += count
  }
}
