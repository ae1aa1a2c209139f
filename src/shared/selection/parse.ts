import { SelectionError } from '../errors'
import { indicesDim, integerDim, maskDim, sliceDim, wholeDim, type Dimension } from './dimension'
import { combine } from './combine'
import type { DimIndices, DimSlice, Selection } from './selection'
import { parseSelectionText, type SelectionItem } from './selection-text'

/**
 * A typed selection (see parseSelectionText) against an array's shape, with NumPy's rules: slices are clipped, integers
 * out of bounds and too many indices throw SelectionError, dimensions left out are taken whole. Lists select along
 * their own dimension (orthogonal); where every one of several dimensions has a list they select points, as in NumPy.
 */
export function parseSelection(
  text: string,
  shape: readonly number[],
  dimensionNames?: readonly (string | null)[] | null,
): Selection {
  const { items, named } = parseSelectionText(text)
  const dims: (DimSlice | DimIndices | undefined)[] = shape.map(() => undefined)
  const dimension = (axis: number): Dimension => ({ axis, size: shape[axis]!, name: dimensionNames?.[axis] })

  for (const { item, axis } of placeItems(items, shape.length)) dims[axis] = toDim(item, dimension(axis))
  for (const { name, at, item } of named) {
    const axis = findDimension(name, dimensionNames, at)
    if (dims[axis] !== undefined) throw new SelectionError(`The dimension "${name}" is selected twice.`, at)
    dims[axis] = toDim(item, dimension(axis))
  }
  return combine(dims.map((dim, axis) => dim ?? wholeDim(shape[axis]!)))
}

/** The dimension that each item by position belongs to, once the ellipsis has taken those left out. */
export function placeItems<T extends { kind: string; at?: number }>(
  items: readonly T[],
  rank: number,
): { item: Exclude<T, { kind: 'ellipsis' }>; axis: number }[] {
  const ellipses = items.filter((item) => item.kind === 'ellipsis')
  if (ellipses.length > 1) throw new SelectionError('A selection has one "..." at most.', ellipses[1]!.at)
  const count = items.length - ellipses.length
  if (count > rank) {
    const extra = items.filter((item) => item.kind !== 'ellipsis')[rank]!
    const dimensions = rank === 1 ? '1 dimension' : `${rank} dimensions`
    throw new SelectionError(
      `Too many indices: the array has ${dimensions}, the selection names ${count}.`,
      extra.at,
    )
  }
  let axis = 0
  return items.flatMap((item) => {
    if (item.kind !== 'ellipsis') return [{ item: item as Exclude<T, { kind: 'ellipsis' }>, axis: axis++ }]
    axis += rank - count
    return []
  })
}

function toDim(item: SelectionItem, dimension: Dimension): DimSlice | DimIndices {
  switch (item.kind) {
    case 'integer':
      return integerDim(item.value, dimension, item.at)
    case 'slice':
      return sliceDim(item, dimension.size)
    case 'indices':
      return indicesDim(item.values, dimension, item.at)
    case 'mask':
      return maskDim(item.values, dimension, item.at)
    case 'ellipsis':
      throw new SelectionError(
        '"..." stands for several dimensions and cannot be given to one by name.',
        item.at,
      )
  }
}

function findDimension(
  name: string,
  names: readonly (string | null)[] | null | undefined,
  at: number,
): number {
  const axis = names?.indexOf(name) ?? -1
  if (axis >= 0 && names!.indexOf(name, axis + 1) >= 0) {
    throw new SelectionError(`Several dimensions are called "${name}"; select by position.`, at)
  }
  if (axis >= 0) return axis
  const known = names?.filter((other) => other !== null) ?? []
  const hint = known.length === 0 ? 'this array has no dimension names' : `there are ${known.join(', ')}`
  throw new SelectionError(`There is no dimension "${name}"; ${hint}.`, at)
}
