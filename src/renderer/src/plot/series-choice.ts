import type { DimSlice } from '@shared/selection/selection'
import { positionOf } from '../table/slice-state'

/** Lines that are drawn at a time: as many as there are colours to tell them by. */
const MOST_SERIES = 8

export type SeriesChoice = { indices: number[]; problem: null } | { indices: number[]; problem: string }

/**
 * Array indices typed as "0, 10, 20" or "0:50:10" (end left out, as in NumPy) of a dimension's slice. What cannot be
 * used is a problem in words; the indices before it count.
 */
export function seriesIndices(text: string, dim: DimSlice, length: number): SeriesChoice {
  const indices: number[] = []
  for (const part of text.split(',').map((p) => p.trim())) {
    if (part === '') continue
    const found = partIndices(part, length)
    if (typeof found === 'string') return { indices, problem: found }
    for (const index of found) {
      if (positionOf(dim, index) === undefined)
        return { indices, problem: `Index ${index} is not in the slice.` }
      if (!indices.includes(index)) indices.push(index)
      if (indices.length > MOST_SERIES)
        return {
          indices: indices.slice(0, MOST_SERIES),
          problem: `At most ${MOST_SERIES} lines are drawn at a time.`,
        }
    }
  }
  return { indices, problem: null }
}

function partIndices(part: string, length: number): Iterable<number> | string {
  const match = /^(-?\d+)?(?::(-?\d+)?(?::(\d+))?)?$/.exec(part)
  if (!match) return `“${part}” is no index; write 0, 10, 20 or 0:50:10.`
  const [, first, second, third] = match
  const at = (text: string | undefined, otherwise: number): number =>
    text === undefined ? otherwise : Number(text) < 0 ? Number(text) + length : Number(text)
  if (!part.includes(':')) return [at(first, 0)]
  const step = third === undefined ? 1 : Number(third)
  if (step < 1) return 'A step is 1 or more.'
  return run(Math.max(0, at(first, 0)), Math.min(length, at(second, length)), step)
}

function* run(from: number, to: number, step: number): Generator<number> {
  for (let at = from; at < to; at += step) yield at
}
