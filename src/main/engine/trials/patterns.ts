import { UsageError } from '@shared/errors'
import type { AccessPattern } from '@shared/model/trials'
import { product } from '@shared/selection/counts'
import { project } from '../chunks/project'
import { chunkGrid } from '../chunks/grid'
import type { ArrayShape } from '@shared/trials/preset-patterns'
import { parseSelection } from '@shared/selection/parse'
import type { Selection } from '@shared/selection/selection'
import { listCost, runCost, windowCost, type AxisChunks, type AxisCost } from './axis-cost'

/** A pattern that fits the array. */
export interface BoundPattern {
  name: string
  weight: number
  /** Items along each dimension, at any position; absent where it is one selection. */
  window?: number[]
  selection?: Selection
}

/** Checks patterns against the array. Throws UsageError and SelectionError that name what is wrong. */
export function bindPatterns(array: ArrayShape, patterns: readonly AccessPattern[]): BoundPattern[] {
  return patterns.map((pattern) => {
    const { weight } = pattern
    if (!(weight > 0 && Number.isFinite(weight)))
      throw new UsageError(`The weight of a pattern is a number above 0, not ${weight}.`)
    if ('selection' in pattern) {
      const selection = parseSelection(pattern.selection, array.shape, array.dimensionNames)
      return { name: pattern.name ?? (pattern.selection.trim() || 'full read'), weight, selection }
    }
    return {
      name: pattern.name ?? windowName(array, pattern.dims),
      weight,
      window: windowOf(array, pattern.dims),
    }
  })
}

/** Dimensions that are left out are taken whole. */
function windowOf({ shape }: ArrayShape, dims: readonly (number | null)[]): number[] {
  if (dims.length > shape.length)
    throw new UsageError(
      `A pattern of ${dims.length} lengths does not fit an array of ${shape.length} dimension${shape.length === 1 ? '' : 's'}.`,
    )
  return shape.map((length, k) => {
    const width = dims[k] ?? null
    if (width !== null && !(Number.isSafeInteger(width) && width >= 1))
      throw new UsageError(`A pattern takes whole numbers of items from 1 up, not ${width}.`)
    return Math.min(width ?? length, length)
  })
}

const windowName = ({ shape, dimensionNames }: ArrayShape, dims: readonly (number | null)[]): string =>
  dims.every((width) => width === null)
    ? 'full read'
    : shape.map((_, k) => `${dimensionNames?.[k] ?? `dim ${k}`}: ${dims[k] ?? 'all'}`).join(', ')

/** Chunks met by a pattern; `points` of a pointwise selection cannot be told dimension by dimension. */
export interface BoxCost {
  touched: number
  items: number
  wanted: number
}

/** What one access of the pattern takes from a layout; exact, averaged over all positions of a window. */
export function patternCost(
  pattern: BoundPattern,
  shape: readonly number[],
  chunks: readonly AxisChunks[],
): BoxCost {
  const { selection, window } = pattern
  if (window) return boxCost(shape.map((length, k) => windowCost(length, chunks[k]!, window[k]!)))
  if (selection?.kind === 'points') return pointsCost(selection, shape, chunks)
  return boxCost(
    (selection?.dims ?? []).map((dim, k) =>
      'indices' in dim ? listCost(chunks[k]!, dim.indices) : runCost(chunks[k]!, dim),
    ),
  )
}

const boxCost = (axes: readonly AxisCost[]): BoxCost => ({
  touched: axes.reduce((n, axis) => n * axis.touched, 1),
  items: axes.reduce((n, axis) => n * axis.items, 1),
  wanted: axes.reduce((n, axis) => n * axis.wanted, 1),
})

function pointsCost(
  selection: Extract<Selection, { kind: 'points' }>,
  shape: readonly number[],
  chunks: readonly AxisChunks[],
): BoxCost {
  const axes = chunks.map((axis, k) =>
    typeof axis === 'number' ? chunkGrid({ kind: 'regular', shape: [axis] }, [shape[k]!]).axes[0]! : axis,
  )
  const grid = { shape, axes, gridShape: axes.map((axis) => axis.chunks) }
  let [touched, items] = [0, 0]
  for (const { coords } of project(grid, selection)) {
    touched++
    items += coords.reduce((n, c, k) => n * axes[k]!.size(c), 1)
  }
  return { touched, items, wanted: product(selection.shape) }
}
