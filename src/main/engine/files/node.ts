import { constants, type BigIntStats, type Dirent } from 'node:fs'
import * as fsp from 'node:fs/promises'
import { errorCode } from './io-error'
import type { FileKind, FileStat, Fs, FsHandle } from './fs'

/** Absent from Node's constants on Windows, where opening neither blocks nor needs them. */
const flag = (name: 'O_NONBLOCK' | 'O_NOFOLLOW'): number =>
  (constants as Partial<Record<string, number>>)[name] ?? 0
export const OPEN_READ = constants.O_RDONLY | flag('O_NONBLOCK') | flag('O_NOFOLLOW')

/** Where the flag does not exist, links must be looked for before opening. */
export const CAN_REFUSE_LINKS = flag('O_NOFOLLOW') !== 0

export const kindOf = (entry: BigIntStats | Dirent): FileKind => {
  if (entry.isFile()) return 'file'
  if (entry.isDirectory()) return 'directory'
  return entry.isSymbolicLink() ? 'link' : 'other'
}

export const fileStat = (stat: BigIntStats): FileStat => ({
  kind: kindOf(stat),
  size: Number(stat.size),
  dev: stat.dev,
  ino: stat.ino,
  mtimeNs: stat.mtimeNs,
})

/** The operating system's files. */
export const nodeFs: Fs = {
  async open(path, how) {
    if (how === 'read' && !CAN_REFUSE_LINKS) await refuseLink(path)
    return handle(await fsp.open(path, { read: OPEN_READ, create: 'wx+', update: 'r+' }[how]))
  },
  stat: async (path) => fileStat(await fsp.stat(path, { bigint: true })),
  lstat: async (path) => fileStat(await fsp.lstat(path, { bigint: true })),
  realpath: (path) => fsp.realpath(path),
  async readdir(path) {
    const entries = await fsp.readdir(path, { withFileTypes: true })
    return entries.map((entry) => ({ name: entry.name, kind: kindOf(entry) }))
  },
  mkdir: (path) => fsp.mkdir(path),
  rename: (from, to) => fsp.rename(from, to),
  link: (existing, added) => fsp.link(existing, added),
  unlink: (path) => fsp.unlink(path),
  rmdir: (path) => fsp.rmdir(path),
  syncDirectory,
  async freeSpace(path) {
    const disk = await fsp.statfs(path)
    return disk.bavail * disk.bsize
  },
}

function handle(file: fsp.FileHandle): FsHandle {
  return {
    read: async (target, position) => (await file.read(target, 0, target.length, position)).bytesRead,
    write: async (source, position) => (await file.write(source, 0, source.length, position)).bytesWritten,
    sync: () => file.sync(),
    stat: async () => fileStat(await file.stat({ bigint: true })),
    close: () => file.close(),
  }
}

/** Windows has no folder handles to flush; some network disks refuse. Neither is a fault. */
const CANNOT_SYNC = new Set(['EPERM', 'EISDIR', 'EINVAL', 'ENOTSUP', 'EACCES', 'ENOSYS'])

async function syncDirectory(path: string): Promise<void> {
  let directory: fsp.FileHandle
  try {
    directory = await fsp.open(path, constants.O_RDONLY)
  } catch (thrown) {
    if (CANNOT_SYNC.has(errorCode(thrown) ?? '')) return
    throw thrown
  }
  try {
    await directory.sync()
  } catch (thrown) {
    if (!CANNOT_SYNC.has(errorCode(thrown) ?? '')) throw thrown
  } finally {
    await directory.close()
  }
}

async function refuseLink(path: string): Promise<void> {
  const stat = await fsp.lstat(path)
  if (stat.isSymbolicLink()) throw Object.assign(new Error(`ELOOP: ${path} is a link`), { code: 'ELOOP' })
}
