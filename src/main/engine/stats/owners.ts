import type { ArrayCounter } from './storage-total'

/** A path inside a store as seen from a node above it. */
export const relativePath = (above: string, path: string): string =>
  above === '' ? path : path.slice(above.length + 1)

/** Finds the array that a file below a group belongs to. Listings give neighbours together, so the last one is tried first. */
export class Owners {
  private readonly counters = new Map<string, ArrayCounter>()
  private readonly coords: Float64Array
  private last: { prefix: string; counter: ArrayCounter } | undefined

  /** @param path the node that file names are relative to */
  constructor(path: string, counters: readonly ArrayCounter[]) {
    for (const counter of counters) this.counters.set(relativePath(path, counter.array.path), counter)
    const rank = counters.reduce((most, { names }) => Math.max(most, names.rank), 0)
    this.coords = new Float64Array(rank)
  }

  /** Counts a file with its array; false where it belongs to none. */
  take(name: string, size: number): boolean {
    const owner = this.last && name.startsWith(this.last.prefix) ? this.last : this.find(name)
    if (!owner) return false
    this.last = owner
    const { names, sink } = owner.counter
    if (names.parse(name.slice(owner.prefix.length), this.coords)) sink.chunk(this.coords, size, NaN)
    else sink.other(size)
    return true
  }

  private find(name: string): { prefix: string; counter: ArrayCounter } | undefined {
    const own = this.counters.get('')
    if (own) return { prefix: '', counter: own }
    for (let slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
      const counter = this.counters.get(name.slice(0, slash))
      if (counter) return { prefix: name.slice(0, slash + 1), counter }
    }
    return undefined
  }
}
