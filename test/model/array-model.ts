/**
 * A plain model of a chunked array for property tests: items in one list, no chunks, no codecs, nothing of the program
 * under test.
 */

/** One dimension of a selection, as Python has it, or an integer. */
export type Dim = number | { start: number; stop: number; step: number }

export class ArrayModel<T> {
  shape: number[]
  items: T[]
  readonly fill: T

  constructor(shape: readonly number[], fill: T) {
    this.shape = [...shape]
    this.fill = fill
    this.items = Array.from({ length: size(shape) }, () => fill)
  }

  /** Indices that a dimension selects. */
  static indices(dim: Dim): number[] {
    if (typeof dim === 'number') return [dim]
    const found: number[] = []
    for (let i = dim.start; dim.step > 0 ? i < dim.stop : i > dim.stop; i += dim.step) found.push(i)
    return found
  }

  /** Shape of a selection's result: integers drop their dimension. */
  static shapeOf(dims: readonly Dim[]): number[] {
    return dims.filter((dim) => typeof dim !== 'number').map((dim) => ArrayModel.indices(dim).length)
  }

  get(dims: readonly Dim[]): T[] {
    return this.places(dims).map((place) => this.items[place]!)
  }

  /** Items of `shape`, repeated along dimensions of length 1 and missing ones in front. */
  set(dims: readonly Dim[], items: readonly T[], shape: readonly number[]): void {
    const target = ArrayModel.shapeOf(dims)
    this.places(dims).forEach((place, i) => {
      let from = 0
      let rest = i
      let stride = 1
      for (let k = target.length - 1, s = shape.length - 1; k >= 0; k--, s--) {
        const at = rest % target[k]!
        rest = Math.floor(rest / target[k]!)
        if (s < 0) continue
        if (shape[s] !== 1) from += at * stride
        stride *= shape[s]!
      }
      this.items[place] = items[from]!
    })
  }

  resize(shape: readonly number[]): void {
    const before = new Map<string, T>()
    everyIndex(this.shape).forEach((index, i) => before.set(index.join(), this.items[i]!))
    this.shape = [...shape]
    this.items = everyIndex(shape).map((index) => {
      const key = index.join()
      return before.has(key) ? before.get(key)! : this.fill
    })
  }

  append(items: readonly T[], count: number, axis: number): void {
    const from = this.shape[axis]!
    this.resize(this.shape.map((n, k) => (k === axis ? n + count : n)))
    const dims = this.shape.map((n, k) => ({ start: k === axis ? from : 0, stop: n, step: 1 }))
    this.set(dims, items, ArrayModel.shapeOf(dims))
  }

  private places(dims: readonly Dim[]): number[] {
    let places = [0]
    dims.forEach((dim, k) => {
      const indices = ArrayModel.indices(dim)
      places = places.flatMap((place) => indices.map((index) => place * this.shape[k]! + index))
    })
    return places
  }
}

export const size = (shape: readonly number[]): number => shape.reduce((n, length) => n * length, 1)

function everyIndex(shape: readonly number[]): number[][] {
  let all: number[][] = [[]]
  for (const length of shape) all = all.flatMap((index) => Array.from({ length }, (_, i) => [...index, i]))
  return all
}
