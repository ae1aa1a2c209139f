import type { AccessPattern } from '../model/trials'

/** The parts of an array's metadata that decide how it is mostly read. */
export interface ArrayShape {
  shape: readonly number[]
  dimensionNames: readonly (string | null)[] | null
}

export type WindowPattern = Extract<AccessPattern, { dims: unknown }>

/**
 * The usual ways to read an array: everything; a map, which is all of the other dimensions at one index of the first; a
 * series, which is the first dimension at one point. With more than three dimensions a map is a plane of the last two.
 */
export function presetPatterns(array: ArrayShape): WindowPattern[] {
  const rank = array.shape.length
  if (rank < 2) return [fullRead(array)]
  const plane = array.shape.map((_, k) => (k >= Math.max(1, rank - 2) ? null : 1))
  return [fullRead(array), { ...mapAt(array, 0), dims: plane }, seriesAlong(array, 0)]
}

/** Every pattern that goes by a dimension: a map at one index of it and a series along it, and the full read. */
export function dimensionPatterns(array: ArrayShape): WindowPattern[] {
  if (array.shape.length < 2) return [fullRead(array)]
  const dims = array.shape.map((_, k) => k)
  return [
    fullRead(array),
    ...dims.map((k) => mapAt(array, k)),
    // Of two dimensions, what lies along one is at one index of the other.
    ...(array.shape.length > 2 ? dims : [0]).map((k) => seriesAlong(array, k)),
  ]
}

const fullRead = ({ shape }: ArrayShape): WindowPattern => ({
  name: 'full read',
  weight: 1,
  dims: shape.map(() => null),
})

const mapAt = (array: ArrayShape, dim: number): WindowPattern => ({
  name: `${array.shape.length === 2 && dim === 0 ? 'row' : array.shape.length === 2 ? 'column' : 'map'} at one ${nameOf(array, dim)}`,
  weight: 1,
  dims: array.shape.map((_, k) => (k === dim ? 1 : null)),
})

const seriesAlong = (array: ArrayShape, dim: number): WindowPattern => ({
  name: `series along ${nameOf(array, dim)} at one point`,
  weight: 1,
  dims: array.shape.map((_, k) => (k === dim ? null : 1)),
})

const nameOf = ({ dimensionNames }: ArrayShape, dim: number): string => dimensionNames?.[dim] ?? `dim ${dim}`
