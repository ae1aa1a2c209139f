import { lstatSync, opendirSync, realpathSync, statSync, type Dir, type Dirent, type Stats } from 'node:fs'
import { join } from 'node:path'
import { IoError } from '@shared/errors'
import { isInside, rootVanished, type Confinement } from './confinement'
import { errorCode, isAbsent } from './io-error'
import { isOwnName } from './own-names'

/** Files found below a folder: their names relative to it, joined by "/", and their sizes in bytes. */
export interface FileBatch {
  names: string[]
  /** Parallel to `names`; empty where sizes were not asked for. */
  sizes: number[]
  /** When each was last written, in milliseconds since 1970; as `sizes`. */
  modified: number[]
}

/** A folder as it was before it was read: names that come or go change the time. */
export interface FolderStamp {
  /** Relative like the names; "" for the folder that was asked for. */
  name: string
  modified: number
}

/** How a scan ended. */
export interface ScanEnd {
  problems: ScanProblem[]
  /** Every folder that was read; undefined where there were too many to remember. */
  folders: FolderStamp[] | undefined
}

/** A folder that could not be read. */
export interface ScanProblem {
  path: string
  /** The system's code, such as "EACCES". */
  code: string
}

export interface ScanOptions {
  confinement: Confinement
  /** Ask the system for every file's size (twice the time); the default. */
  sizes?: boolean
  /** Folders, relative like the names, that are left out. */
  exclude?: ReadonlySet<string>
  batch?: number
  /** Told of every file and folder of our own, which are left out: its name, and whether it is a file. */
  onOwn?: (name: string, isFile: boolean) => void
}

/**
 * Every file below `folder`, in batches, without holding more than one of them; which folders were read, and which
 * could not be, is returned at the end. Files of our own, pipes, devices and links that leave the root are left out. A
 * folder that is reached by a link counts once, and its own place counts first. A missing folder holds nothing; a
 * missing root is an IoError.
 */
export function* scanFiles(folder: string, options: ScanOptions): Generator<FileBatch, ScanEnd> {
  const scan = new Scan(folder, options)
  if (!statSync(options.confinement.root, { throwIfNoEntry: false }))
    throw rootVanished(options.confinement.root)
  yield* scan.run()
  return { problems: scan.problems, folders: scan.stamps }
}

/** @throws IoError that names the first of the folders that could not be read, if there are any. */
export function refuseProblems(problems: readonly ScanProblem[]): void {
  const [first] = problems
  if (!first) return
  const more = problems.length > 1 ? `; ${problems.length - 1} more folders could not be read either` : ''
  throw new IoError(first.path, first.code, `it could not be read (${first.code})${more}.`)
}

/** Names per system call; more gain nothing. */
const DIRECTORY_BUFFER = 256
/** Folders whose times are remembered; to look at more of them again would take too long. */
const MAX_STAMPS = 4096

class Scan {
  readonly problems: ScanProblem[] = []
  stamps: FolderStamp[] | undefined = []
  private readonly base: string
  private readonly options: ScanOptions
  private readonly limit: number
  private readonly folders: string[] = ['']
  private readonly linkedFolders: string[] = []
  private readonly seen = new Set<string>()
  private names: string[] = []
  private sizes: number[] = []
  private modified: number[] = []

  constructor(base: string, options: ScanOptions) {
    this.base = base
    this.options = options
    this.limit = options.batch ?? 1024
  }

  *run(): Generator<FileBatch, void> {
    for (;;) {
      const folder = this.folders.pop() ?? this.linkedFolders.shift()
      if (folder === undefined) break
      if (this.enter(folder)) yield* this.read(folder)
    }
    if (this.names.length > 0) yield this.flush()
  }

  /** False for a folder that was read already, under this or another name. */
  private enter(folder: string): boolean {
    try {
      const real = realpathSync.native(join(this.base, folder))
      if (this.seen.has(real)) return false
      this.seen.add(real)
      return this.options.confinement.followLinks === true || isInside(this.options.confinement.root, real)
    } catch (thrown) {
      this.report(folder, thrown)
      return false
    }
  }

  private *read(folder: string): Generator<FileBatch, void> {
    const prefix = folder === '' ? '' : `${folder}/`
    let directory: Dir
    try {
      this.remember(folder)
      directory = opendirSync(join(this.base, folder), { bufferSize: DIRECTORY_BUFFER })
    } catch (thrown) {
      return this.report(folder, thrown)
    }
    try {
      for (;;) {
        const entry = directory.readSync()
        if (!entry) break
        if (!isOwnName(entry.name)) this.visit(prefix + entry.name, entry)
        else this.options.onOwn?.(prefix + entry.name, entry.isFile())
        if (this.names.length >= this.limit) yield this.flush()
      }
    } catch (thrown) {
      this.report(folder, thrown)
    } finally {
      directory.closeSync()
    }
  }

  private remember(name: string): void {
    if (this.stamps && this.stamps.length >= MAX_STAMPS) this.stamps = undefined
    this.stamps?.push({ name, modified: statSync(join(this.base, name)).mtimeMs })
  }

  private visit(name: string, entry: Dirent): void {
    if (entry.isFile()) return this.addFile(name)
    if (entry.isDirectory()) {
      if (!this.options.exclude?.has(name)) this.folders.push(name)
    } else if (entry.isSymbolicLink()) this.visitLink(name)
  }

  private addFile(name: string): void {
    if (this.options.sizes !== false) {
      const stat = lstatSync(join(this.base, name), { throwIfNoEntry: false })
      // Deleted since it was listed.
      if (!stat) return
      this.addFacts(stat)
    }
    this.names.push(name)
  }

  private visitLink(name: string): void {
    const path = join(this.base, name)
    try {
      const real = realpathSync.native(path)
      if (!this.options.confinement.followLinks && !isInside(this.options.confinement.root, real)) return
      const stat = statSync(real)
      if (stat.isDirectory()) {
        if (!this.options.exclude?.has(name)) this.linkedFolders.push(name)
      } else if (stat.isFile()) {
        this.names.push(name)
        if (this.options.sizes !== false) this.addFacts(stat)
      }
    } catch (thrown) {
      if (errorCode(thrown) !== 'ELOOP') this.report(name, thrown)
    }
  }

  private addFacts({ size, mtimeMs }: Stats): void {
    this.sizes.push(size)
    this.modified.push(mtimeMs)
  }

  private flush(): FileBatch {
    const batch = { names: this.names, sizes: this.sizes, modified: this.modified }
    this.names = []
    this.sizes = []
    this.modified = []
    return batch
  }

  private report(name: string, thrown: unknown): void {
    if (isAbsent(thrown)) return
    const code = errorCode(thrown)
    if (code === undefined) throw thrown
    this.problems.push({ path: join(this.base, name), code })
  }
}
