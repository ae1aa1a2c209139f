import { lstatSync, statSync } from 'node:fs'
import { rootVanished } from './confinement'
import { errorCode, ioError } from './io-error'

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

/**
 * Sizes and times by name below `folder`: MISSING where there is none, or where it is something else. Far faster than
 * listing when most of the names exist. A missing folder is an IoError.
 */
export function statNamesSync(
  folder: string,
  names: readonly string[] | NameGrid,
  kind: NameKind = 'file',
): FileFacts {
  const isGrid = 'prefix' in names
  const count = isGrid ? names.to - names.from : names.length
  const facts = { sizes: new Float64Array(count), modified: new Float64Array(count) }
  let i = 0
  for (const name of isGrid ? gridNames(names) : names) look(`${folder}/${name}`, kind, facts, i++)
  if (!statSync(folder, { throwIfNoEntry: false })) throw rootVanished(folder)
  return facts
}

const QUIETLY = { throwIfNoEntry: false } as const

function look(path: string, kind: NameKind, facts: FileFacts, at: number): void {
  facts.sizes[at] = MISSING
  try {
    let stat = lstatSync(path, QUIETLY)
    if (stat?.isSymbolicLink()) stat = statSync(path, QUIETLY)
    if (!(kind === 'file' ? stat?.isFile() : stat?.isDirectory())) return
    facts.sizes[at] = stat!.size
    facts.modified[at] = stat!.mtimeMs
  } catch (thrown) {
    if (errorCode(thrown) !== 'ENOTDIR' && errorCode(thrown) !== 'ELOOP') throw ioError(path, thrown)
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
