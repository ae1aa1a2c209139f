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

/**
 * File sizes by name below `folder`: MISSING where there is none, or where it is not a file. Far faster than listing
 * when most of the names exist. A missing folder is an IoError.
 */
export function statNamesSync(folder: string, names: readonly string[] | NameGrid): Float64Array {
  const list = 'prefix' in names ? gridNames(names) : names
  const sizes = new Float64Array('prefix' in names ? names.to - names.from : names.length)
  let i = 0
  for (const name of list) sizes[i++] = sizeOf(`${folder}/${name}`)
  if (!statSync(folder, { throwIfNoEntry: false })) throw rootVanished(folder)
  return sizes
}

const QUIETLY = { throwIfNoEntry: false } as const

function sizeOf(path: string): number {
  try {
    let stat = lstatSync(path, QUIETLY)
    if (stat?.isSymbolicLink()) stat = statSync(path, QUIETLY)
    return stat?.isFile() ? stat.size : MISSING
  } catch (thrown) {
    if (errorCode(thrown) === 'ENOTDIR' || errorCode(thrown) === 'ELOOP') return MISSING
    throw ioError(path, thrown)
  }
}

/** The names of a grid's run, in order. */
export function* gridNames(grid: NameGrid): Generator<string> {
  const { shape, separator } = grid
  const last = shape.length - 1
  const coords = unravel(grid.from, shape)
  for (let left = grid.to - grid.from; left > 0;) {
    const row =
      grid.prefix +
      coords
        .slice(0, last)
        .map((c) => `${c}${separator}`)
        .join('')
    const end = Math.min(shape[last]!, coords[last]! + left)
    left -= end - coords[last]!
    for (let c = coords[last]!; c < end; c++) yield row + String(c)
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
