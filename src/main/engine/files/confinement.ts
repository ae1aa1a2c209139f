import { sep } from 'node:path'
import { IoError } from '@shared/errors'
import type { FileKind } from './fs'

/** Where a store's files may lie: below `root`, a real path; links that lead elsewhere are refused unless followed. */
export interface Confinement {
  root: string
  followLinks?: boolean
}

/** Both are real paths. */
export const isInside = (root: string, path: string): boolean =>
  path === root || path.startsWith(root.endsWith(sep) ? root : root + sep)

export const leavesStore = (path: string, real: string): IoError =>
  new IoError(
    path,
    'ELOOP',
    `it is a link that leaves the store (to ${real}); links out of a store are not followed.`,
  )

export const danglingLink = (path: string): IoError =>
  new IoError(path, 'ELOOP', 'it is a link that leads nowhere.')

const NOT_A_FILE: Record<Exclude<FileKind, 'file'>, string> = {
  directory: 'a folder',
  link: 'a link',
  other: 'a pipe, device or socket',
}

export const notAFile = (path: string, kind: Exclude<FileKind, 'file'>): IoError =>
  new IoError(
    path,
    kind === 'directory' ? 'EISDIR' : 'ENXIO',
    `${NOT_A_FILE[kind]} lies where a file should be; it was not read.`,
  )

/** The store's own folder is gone: nothing may be taken for a missing chunk then. */
export const rootVanished = (root: string): IoError =>
  new IoError(root, 'ENOENT', 'the store has vanished; it was moved or deleted, or its disk was removed.')

export const archiveVanished = (path: string): IoError =>
  new IoError(path, 'ENOENT', 'the archive has vanished; it was moved or deleted, or its disk was removed.')

/** Remembers folders that were found to lie inside the root, so that a bulk read checks each folder once. */
export class KnownFolders {
  private readonly limit = 65_536
  private readonly folders = new Set<string>()

  has(folder: string): boolean {
    return this.folders.has(folder)
  }

  add(folder: string): void {
    if (this.folders.size >= this.limit) this.folders.clear()
    this.folders.add(folder)
  }
}
