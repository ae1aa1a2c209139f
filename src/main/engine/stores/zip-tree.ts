import { isOwnName } from '../files/own-names'
import { parentOf } from './key'
import type { Listing } from './store'
import type { ZipDirectory } from './zip-directory'

/**
 * The folders of an archive, made in one pass when the first listing is asked for. It grows with the folders that hold
 * keys and never with their depth; names of keys are read when they are listed.
 */
export class ZipTree {
  private readonly directory: ZipDirectory
  /** The last key of each folder that holds any; every key leads to the one before, -1 ends. */
  private readonly last = new Map<string, number>()
  private readonly previous: Int32Array
  /** The same folders, sorted. */
  private readonly paths: string[]

  constructor(directory: ZipDirectory) {
    this.directory = directory
    this.previous = new Int32Array(directory.count)
    let folder = ''
    for (let number = 0; number < directory.count; number++) {
      // Neighbours mostly lie in one folder: comparing bytes then saves making the name.
      if (number === 0 || !directory.sameFolder(number - 1, number))
        folder = parentOf(directory.nameOf(number))
      this.previous[number] = this.last.get(folder) ?? -1
      this.last.set(folder, number)
    }
    this.paths = [...this.last.keys()].sort()
  }

  list(prefix: string): Listing {
    const keys: string[] = []
    const skip = prefix === '' ? 0 : prefix.length + 1
    for (let number = this.last.get(prefix) ?? -1; number >= 0; number = this.previous[number]!)
      keys.push(this.directory.nameOf(number).slice(skip))
    return { keys: shown(keys), prefixes: shown(this.foldersIn(prefix)) }
  }

  /** Names of the folders directly below; jumps over what lies deeper. */
  private foldersIn(prefix: string): Set<string> {
    const names = new Set<string>()
    const start = prefix === '' ? '' : `${prefix}/`
    for (let i = this.firstFrom(start); i < this.paths.length;) {
      const path = this.paths[i]!
      if (!path.startsWith(start)) break
      const slash = path.indexOf('/', start.length)
      const name = slash < 0 ? path.slice(start.length) : path.slice(start.length, slash)
      if (name !== '') names.add(name)
      // "0" follows "/": the first path that does not begin with this name and a slash.
      i = slash < 0 ? i + 1 : this.firstFrom(`${start}${name}0`)
    }
    return names
  }

  /** Position of the first path that does not sort before `text`. */
  private firstFrom(text: string): number {
    let low = 0
    let high = this.paths.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.paths[middle]! < text) low = middle + 1
      else high = middle
    }
    return low
  }
}

const shown = (names: Iterable<string>): string[] => [...names].filter((name) => !isOwnName(name)).sort()
