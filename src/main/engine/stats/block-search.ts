import type { DataType, ItemValue } from '@shared/dtype/data-type'
import { readTyped } from '@shared/dtype/typed'
import { AbortedError } from '@shared/errors'
import type { Predicate } from '@shared/expression/expression'
import type { BlockPart } from '@shared/model/block'
import { cellCount, product } from '@shared/selection/counts'
import type { DimSlice } from '@shared/selection/selection'
import type { ZarrArray } from '../nodes/array'
import { slabs } from '../nodes/slabs'

/** Items that are tested before other work gets its turn. */
export const AT_ONCE = 2 ** 17
export const TEXTS_AT_ONCE = 2 ** 14
/** Items of a box that are read in one go. */
const ITEMS_TO_READ = 2 ** 20
const TEXTS_TO_READ = 2 ** 16

/** A box of a selection, in places along it. */
interface Box {
  start: number[]
  shape: number[]
}

/** Which offsets of a box count, in the direction of the search. */
interface Bound {
  after?: number
  upTo?: number
}

/** Looks for hits in one box of a selection after the other. */
export class BlockSearch {
  unreadable = 0
  readonly #array: ZarrArray
  readonly #dtype: DataType
  readonly #dims: readonly DimSlice[]
  readonly #predicate: Predicate
  readonly #by: 1 | -1
  readonly #signal: AbortSignal | undefined
  readonly #failed = new Set<string>()

  constructor(
    array: ZarrArray,
    dtype: DataType,
    dims: readonly DimSlice[],
    predicate: Predicate,
    by: 1 | -1,
    signal: AbortSignal | undefined,
  ) {
    this.#array = array
    this.#dtype = dtype
    this.#dims = dims
    this.#predicate = predicate
    this.#by = by
    this.#signal = signal
  }

  /** Array index of the first hit inside the box; null where there is none. */
  async run(box: Box, bound: Bound): Promise<number[] | null> {
    const items = product(box.shape)
    const [low, high] = range(items, bound, this.#by)
    if (low > high) return null
    const dims = this.#dims.map(({ start, step }, k) => ({
      start: start + box.start[k]! * step,
      step,
      count: box.shape[k]!,
    }))
    const fill = this.#predicate.usesIndex ? undefined : fillValue(this.#array, this.#dtype)
    if (fill !== undefined && (await this.#isMissing(dims))) {
      const hit = this.#predicate.test(fill, [])
      return hit ? indexOf(this.#by > 0 ? low : high, dims) : null
    }
    const parts = this.#parts(dims)
    let before = this.#by > 0 ? 0 : items
    for (const part of this.#by > 0 ? parts : parts.reverse()) {
      const size = cellCount(part)
      const base = this.#by > 0 ? before : before - size
      before = this.#by > 0 ? before + size : base
      const within: [number, number] = [Math.max(0, low - base), Math.min(size - 1, high - base)]
      const at = within[0] > within[1] ? null : await this.#look(part, within)
      if (at) return at
    }
    return null
  }

  /** A box in consecutive parts, each small enough to be read at once. */
  #parts(dims: DimSlice[]): DimSlice[][] {
    const items = this.#dtype.itemsize === null ? TEXTS_TO_READ : ITEMS_TO_READ
    const found: DimSlice[][] = []
    for (const slab of slabs(this.#array.innerGrid, { kind: 'basic', dims }, { items }))
      if (slab.kind === 'basic')
        found.push(slab.dims.map(({ start, step, count }) => ({ start, step, count })))
    return found
  }

  /** Reads a part of a box and tests its items from `low` to `high`. */
  async #look(dims: DimSlice[], [low, high]: [number, number]): Promise<number[] | null> {
    const options = { lane: 'background', ...(this.#signal ? { signal: this.#signal } : {}) } as const
    const { data, offsets, parts } = await this.#array.read({ kind: 'basic', dims }, options)
    const shape = dims.map(({ count }) => count)
    const failed = this.#failures(parts, shape)
    const values = readTyped(this.#dtype.spec, data, offsets)
    const offset = await this.#test(valueAt(this.#dtype, values), dims, low, high, failed)
    return offset === null ? null : indexOf(offset, dims)
  }

  async #test(
    value: (offset: number) => ItemValue,
    dims: readonly DimSlice[],
    low: number,
    high: number,
    failed: ((offset: number) => boolean) | null,
  ): Promise<number | null> {
    const { test, usesIndex } = this.#predicate
    const atOnce = this.#dtype.itemsize === null ? TEXTS_AT_ONCE : AT_ONCE
    const none: number[] = []
    for (let n = 0; n <= high - low; n++) {
      const offset = this.#by > 0 ? low + n : high - n
      if (n % atOnce === atOnce - 1) await turn(this.#signal)
      if (failed?.(offset)) continue
      if (test(value(offset), usesIndex ? indexOf(offset, dims) : none)) return offset
    }
    return null
  }

  /** Counts each chunk that cannot be read once, and tells whose items those are. */
  #failures(parts: readonly BlockPart[], shape: readonly number[]): ((offset: number) => boolean) | null {
    const failed = parts.filter(({ state }) => state === 'error')
    if (failed.length === 0) return null
    for (const { key, coords } of failed) {
      const name = `${key} ${coords.join()}`
      if (!this.#failed.has(name)) this.unreadable++
      this.#failed.add(name)
    }
    return (offset) => {
      const place = placeOf(offset, shape)
      return failed.some((part) =>
        place.every((p, k) => p >= part.start[k]! && p < part.start[k]! + part.shape[k]!),
      )
    }
  }

  /** No chunk under the box is stored; asked for a few chunks only. */
  async #isMissing(dims: readonly DimSlice[]): Promise<boolean> {
    const { grid, store } = this.#array
    const ranges = dims.map(({ start, step, count }, k) => {
      const ends = [start, start + step * (count - 1)].map((index) => grid.axes[k]!.chunkAt(index))
      return [Math.min(...ends), Math.max(...ends)] as const
    })
    if (ranges.reduce((n, [from, to]) => n * (to - from + 1), 1) > 16) return false
    let all: number[][] = [[]]
    for (const [from, to] of ranges)
      all = all.flatMap((coords) => Array.from({ length: to - from + 1 }, (_, i) => [...coords, from + i]))
    const options = this.#signal ? { signal: this.#signal } : {}
    for (const coords of all)
      if ((await store.size(this.#array.chunkKey(coords), options)) !== undefined) return false
    return true
  }
}

/** What items of missing chunks are; undefined where the metadata leaves it open. */
export function fillValue(array: ZarrArray, dtype: DataType): ItemValue | undefined {
  const { fill } = array.metadata
  return fill === null ? undefined : dtype.read(fill, 0, fill.length)
}

/** Values of complex items lie in pairs. */
function valueAt(dtype: DataType, values: ReturnType<typeof readTyped>): (offset: number) => ItemValue {
  if (dtype.spec.kind === 'complex') {
    const parts = values as Float64Array
    return (offset) => [parts[2 * offset]!, parts[2 * offset + 1]!]
  }
  if (dtype.spec.kind === 'bool') return (offset) => values[offset] !== 0
  return (offset) => values[offset]!
}

/** The C-order number of a place inside a box. */
export const offsetIn = ({ start, shape }: Box, place: readonly number[]): number =>
  place.reduce((n, p, k) => n * shape[k]! + p - start[k]!, 0)

function placeOf(offset: number, shape: readonly number[]): number[] {
  const place = shape.map(() => 0)
  for (let k = shape.length - 1, rest = offset; k >= 0; k--) {
    place[k] = rest % shape[k]!
    rest = Math.floor(rest / shape[k]!)
  }
  return place
}

const indexOf = (offset: number, dims: readonly DimSlice[]): number[] =>
  placeOf(
    offset,
    dims.map(({ count }) => count),
  ).map((place, k) => dims[k]!.start + place * dims[k]!.step)

function range(items: number, { after, upTo }: Bound, by: 1 | -1): [number, number] {
  if (by > 0) return [after === undefined ? 0 : after + 1, upTo ?? items - 1]
  return [upTo ?? 0, after === undefined ? items - 1 : after - 1]
}

/** Lets other work happen; throws where the search was given up meanwhile. */
const turn = (signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    setImmediate(() => {
      if (signal?.aborted) reject(new AbortedError())
      else resolve()
    })
  })
