/**
 * The file operations that everything on disk goes through, so that tests can make any of them fail.
 * They throw what Node throws (an error with `code`, such as "ENOENT"); callers turn that into an IoError.
 */
export interface Fs {
  /**
   * - `read`: never blocks on a FIFO and never follows a link in the last name (ELOOP); see safe-open.ts.
   * - `create`: for reading and writing; EEXIST where the name is taken.
   * - `update`: for reading and writing what exists.
   */
  open(path: string, how: 'read' | 'create' | 'update'): Promise<FsHandle>
  /** Follows links. */
  stat(path: string): Promise<FileStat>
  lstat(path: string): Promise<FileStat>
  realpath(path: string): Promise<string>
  /** Names of one folder, unsorted; the kind of a link is "link". */
  readdir(path: string): Promise<DirectoryEntry[]>
  /** One folder; its parent must exist. */
  mkdir(path: string): Promise<void>
  rename(from: string, to: string): Promise<void>
  /** A second name for the same file. */
  link(existing: string, added: string): Promise<void>
  unlink(path: string): Promise<void>
  /** An empty folder. */
  rmdir(path: string): Promise<void>
  /** Flushes a folder's names to the disk; does nothing where the system cannot. */
  syncDirectory(path: string): Promise<void>
  /** Bytes free for this user on the disk that holds the path. */
  freeSpace(path: string): Promise<number>
}

/** An open file. Reads and writes may be short: callers loop. */
export interface FsHandle {
  read(target: Uint8Array, position: number): Promise<number>
  write(source: Uint8Array, position: number): Promise<number>
  /** Flushes contents to the disk. Never call it again after it failed: the system may have dropped the pages. */
  sync(): Promise<void>
  stat(): Promise<FileStat>
  close(): Promise<void>
}

export type FileKind = 'file' | 'directory' | 'link' | 'other'

export interface DirectoryEntry {
  name: string
  kind: FileKind
}

export interface FileStat {
  kind: FileKind
  size: number
  dev: bigint
  ino: bigint
  mtimeNs: bigint
}

/** Identity of a file's contents: changes when the file is replaced or written. */
export const stampOf = (stat: FileStat): string => `${stat.ino}:${stat.size}:${stat.mtimeNs}`
