import type { ZarrArray } from '../nodes/array'
import { ChunkNames } from './chunk-names'
import { gridOf } from './shown-grid'
import { stagedNames } from './staged-keys'

/** The chunks of the grid that people see whose stored value has staged edits: with shards all inner chunks of one. */
export function* editedChunks(array: ZarrArray): Generator<number[]> {
  const staged = stagedNames(array.store, array.path)
  if (staged.size === 0) return
  const names = new ChunkNames(array)
  const shown = gridOf(array)
  const coords = new Float64Array(names.rank)
  for (const name of staged.keys()) {
    if (!names.parse(name, coords)) continue
    const from = Array.from(coords, (c, k) => shown.axes[k]!.chunkAt(array.grid.axes[k]!.start(c)))
    const to = Array.from(coords, (c, k) => {
      const axis = array.grid.axes[k]!
      return shown.axes[k]!.chunkAt(Math.min(axis.length, axis.start(c) + axis.size(c)) - 1)
    })
    yield* box(from, to)
  }
}

/** Every place from one corner to another, both included. */
function* box(from: readonly number[], to: readonly number[]): Generator<number[]> {
  const at = [...from]
  for (;;) {
    yield [...at]
    let k = at.length - 1
    while (k >= 0 && at[k] === to[k]) {
      at[k] = from[k]!
      k--
    }
    if (k < 0) return
    at[k]! += 1
  }
}
