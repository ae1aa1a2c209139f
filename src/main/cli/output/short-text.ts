import { LimitError } from '@shared/errors'
import { dataType } from '@shared/dtype/registry'
import { cellCount } from '@shared/selection/counts'
import { selectionShape } from '@shared/selection/describe'
import type { DimIndices, DimSlice, Selection } from '@shared/selection/selection'
import type { ArrayReadResult, ZarrArray } from '@engine/nodes/array'
import { itemValues } from '@engine/nodes/item-values'
import { asSelection, lengthOf, part } from '@engine/nodes/slabs'
import { itemWords } from './item-words'
import { arrayRepr, shownItems } from './numpy-text'

/** Items that are printed at most: many dimensions have many edges. */
const MAX_SHOWN = 100_000

/**
 * A selection as NumPy prints it, `array([…], dtype=int32)`. Of a long result only what is shown is read, so that the
 * first and last rows of 10^12 cost no more than those of ten. A 0-d result is its bare value.
 */
export async function shortText(
  array: ZarrArray,
  selection: Selection,
  fields: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<string> {
  const shape = selectionShape(selection)
  const edges = selection.kind === 'points' ? shape.map((count) => ({ count, gap: 0 })) : shownItems(shape)
  const total = cellCount(edges)
  if (total > MAX_SHOWN) throw new LimitError('The number of items to print', total, MAX_SHOWN)
  const shown = selection.kind === 'points' ? selection : edgesOnly(selection.dims, edges)
  const result = await array.readAll(shown, { signal, ...(fields ? { fields } : {}) })
  return textOf(
    result,
    edges.map(({ gap }) => gap),
  )
}

/** The leading and trailing places of each dimension that has a gap. */
function edgesOnly(
  dims: readonly (DimSlice | DimIndices)[],
  edges: readonly { count: number; gap: number }[],
): Selection {
  let axis = 0
  return asSelection(
    dims.map((dim) => {
      if (!('indices' in dim) && dim.drop) return dim
      const { count, gap } = edges[axis++]!
      if (gap === 0) return dim
      const places = [
        ...indicesOf(part(dim, 0, gap)),
        ...indicesOf(part(dim, lengthOf(dim) - (count - gap), count - gap)),
      ]
      return { indices: Float64Array.from(places) }
    }),
  )
}

const indicesOf = (dim: DimSlice | DimIndices): number[] =>
  'indices' in dim ? [...dim.indices] : Array.from({ length: dim.count }, (_, i) => dim.start + i * dim.step)

function textOf({ data, offsets, shape, dtype: spec }: ArrayReadResult, gaps: readonly number[]): string {
  const dtype = dataType(spec)
  const values = itemValues(dtype, data, offsets)
  if (shape.length === 0) return dtype.format(values[0]!)
  // Fields that are arrays themselves add dimensions, which are always shown whole.
  const view = { shown: shape, gaps: shape.map((_, k) => gaps[k] ?? 0), words: itemWords(values, dtype) }
  return arrayRepr(view, dtype.name)
}
