import { dataType } from '@shared/dtype/registry'
import type { Edit } from '@shared/model/edits'
import { itemValues } from '../nodes/item-values'
import type { Items } from '../nodes/writing/cast-items'
import { boxOf, type Box } from './fill/box'
import { fillItems } from './fill/fill-items'
import { fieldItems, readBox, scopeOf, shapeOf } from './plan-fill'
import type { PlanContext } from './plan-types'
import { openRegion } from './region'

/** Values shown of a fill. */
const FIRST = 8

/**
 * The first new values of a fill, C order, as their data type prints them: those on the draft where the edit has been
 * carried out there, else computed for them alone, which cannot be done for a file.
 */
export async function firstValues(
  edit: Edit,
  context: PlanContext,
  isPlanned: boolean,
): Promise<string[] | undefined> {
  if (edit.kind !== 'fill' || (edit.fill.kind === 'file' && !isPlanned)) return undefined
  const { fill, field } = edit
  const region = await openRegion(context, edit.path, edit.dims)
  if (region.cells === 0) return []
  const { array, selection } = region
  const scope = scopeOf(array, field)
  const box = firstBox(shapeOf(region), selection.dims)
  const present = async (): Promise<Items> =>
    fieldItems(await readBox(array, box, context), array.dtype, field)
  const type = dataType(scope.dtype)
  const texts = ({ data, offsets }: Items): string[] =>
    itemValues(type, data, offsets)
      .slice(0, FIRST)
      .map((value) => type.format(value))
  if (isPlanned || fill.kind === 'file') return texts(await present())
  const items = fillItems(fill, scope, shapeOf(region))
  return texts(await items.read(box, items.needsPresent ? await present() : undefined))
}

/** A box at the beginning of a region with at least so many cells, where it has them. */
function firstBox(shape: readonly number[], dims: Parameters<typeof boxOf>[0]): Box {
  let cells = 1
  const counts = shape.map(() => 1)
  for (let k = shape.length - 1; k >= 0 && cells < FIRST; k--) {
    counts[k] = Math.min(shape[k]!, Math.ceil(FIRST / cells))
    cells *= counts[k]!
  }
  return boxOf(
    dims,
    counts.map((count) => ({ start: 0, count })),
  )
}
