import { lstatSync, realpathSync, statSync, type Stats } from 'node:fs'
import { dirname } from 'node:path'
import { isInside, rootVanished, type Confinement } from './confinement'
import { errorCode, ioError, isAbsent } from './io-error'

/**
 * A run of a chunk grid's names, computed instead of listed: numbers `from` to `to` (not included) of the grid in C
 * order, each as `prefix` and its coordinates joined by `separator`. At least one dimension.
 */
export interface NameGrid {
  prefix: string
  separator: string
  shape: number[]
  from: number
  to: number
}

/** No file has the name. */
export const MISSING = -1

/** What files take, and when each was last written (milliseconds since 1970), in the order of their names. */
export interface FileFacts {
  /** MISSING where there is no such file. */
  sizes: Float64Array
  modified: Float64Array
}

/** What the names should be names of. */
export type NameKind = 'file' | 'folder'

/** What is asked for by name. */
export interface NamesQuery {
  names: readonly string[] | NameGrid
  /** Files when absent. */
  kind?: NameKind
  /** Where links may lead: below `folder`, a real path then, when absent. */
  confinement?: Confinement
}

/**
 * Sizes and times by name below `folder`: MISSING where there is none, where it is something else, and behind a link
 * that leaves the store, as listings leave it out. Far faster than listing when most of the names exist: one system call
 * a file, and one for each folder that a file is found in. A missing folder is an IoError.
 */
export function statNamesSync(
  folder: string,
  { names, kind = 'file', confinement = { root: folder } }: NamesQuery,
): FileFacts {
  const isGrid = 'prefix' in names
  const count = isGrid ? names.to - names.from : names.length
  const facts = { sizes: new Float64Array(count), modified: new Float64Array(count) }
  const seen = new SeenFolders(folder, confinement)
  let i = 0
  for (const name of isGrid ? gridNames(names) : names) {
    const stat = look(`${folder}/${name}`, kind, seen)
    facts.sizes[i] = stat ? stat.size : MISSING
    if (stat) facts.modified[i] = stat.mtimeMs
    i++
  }
  if (!statSync(folder, { throwIfNoEntry: false })) throw rootVanished(folder)
  return facts
}

const QUIETLY = { throwIfNoEntry: false } as const

function look(path: string, kind: NameKind, seen: SeenFolders): Stats | undefined {
  try {
    const found = lstatSync(path, QUIETLY)
    const stat = found?.isSymbolicLink() ? seen.follow(path) : found
    if (!(kind === 'file' ? stat?.isFile() : stat?.isDirectory())) return undefined
    return seen.holds(path) ? stat : undefined
  } catch (thrown) {
    if (isAbsent(thrown) || errorCode(thrown) === 'ELOOP') return undefined
    throw ioError(path, thrown)
  }
}

/** Folders below a base that no link leads out of the store to; each is looked at once. */
class SeenFolders {
  private readonly base: string
  private readonly confinement: Confinement
  private readonly inside = new Map<string, boolean>()
  /** Names come folder by folder: with its slash, the one inside that was asked for last. */
  private last = ''

  constructor(base: string, confinement: Confinement) {
    this.base = base
    this.confinement = confinement
  }

  /** Whether the folder of a path lies in the store. */
  holds(path: string): boolean {
    const { last } = this
    if (this.confinement.followLinks) return true
    if (last.length > 0 && path.lastIndexOf('/') === last.length - 1 && path.startsWith(last)) return true
    const folder = dirname(path)
    const inside = this.has(folder)
    if (inside) this.last = `${folder}/`
    return inside
  }

  /** What a link leads to; undefined where that lies outside of the store. */
  follow(path: string): Stats | undefined {
    const real = realpathSync.native(path)
    return this.allows(real) ? statSync(real, QUIETLY) : undefined
  }

  private has(folder: string): boolean {
    let inside = this.inside.get(folder)
    if (inside === undefined) this.inside.set(folder, (inside = this.look(folder)))
    return inside
  }

  private look(folder: string): boolean {
    if (folder === this.base) return this.allows(realpathSync.native(folder))
    if (!this.has(dirname(folder))) return false
    return !lstatSync(folder).isSymbolicLink() || this.allows(realpathSync.native(folder))
  }

  private allows(real: string): boolean {
    return this.confinement.followLinks === true || isInside(this.confinement.root, real)
  }
}

/** The names of a grid's run, in order. */
export function* gridNames(grid: NameGrid): Generator<string> {
  for (const { prefix, from, to } of gridRows(grid)) for (let c = from; c < to; c++) yield prefix + String(c)
}

/** The same row by row: names that differ in their last number only. */
function* gridRows(grid: NameGrid): Generator<{ prefix: string; from: number; to: number }> {
  const { shape, separator } = grid
  const last = shape.length - 1
  const coords = unravel(grid.from, shape)
  for (let left = grid.to - grid.from; left > 0;) {
    const row = coords.slice(0, last).map((c) => `${c}${separator}`)
    const from = coords[last]!
    const to = Math.min(shape[last]!, from + left)
    yield { prefix: grid.prefix + row.join(''), from, to }
    left -= to - from
    coords[last] = 0
    for (let k = last - 1; k >= 0 && ++coords[k]! === shape[k]!; k--) coords[k] = 0
  }
}

/** Coordinates of item number `index` in C order. */
function unravel(index: number, shape: readonly number[]): number[] {
  const coords = shape.map(() => 0)
  for (let k = shape.length - 1; k >= 0; k--) {
    coords[k] = index % shape[k]!
    index = Math.floor(index / shape[k]!)
  }
  return coords
}
