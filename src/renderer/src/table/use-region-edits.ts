import { notifications } from '@mantine/notifications'
import type { Edit } from '@shared/model/edits'
import type { DimSlice } from '@shared/selection/selection'
import { applyEdit } from '../state/edits'
import { messageOf } from '../state/problems'
import { fieldsUnder, regionsOf } from './cell-edits'
import type { RangeRect } from './ranges'
import type { TableModel } from './table-model'
import { refuseFrozen } from './use-cell-editing'

/** Stages edits one after the other; says what stood in the way of the first that was refused. */
export async function stageAll(store: string, edits: readonly Edit[], what: string): Promise<boolean> {
  if (refuseFrozen(store)) return false
  try {
    for (const edit of edits) await applyEdit(store, edit, { label: what })
    return true
  } catch (error) {
    const title = `${what} was refused`
    notifications.show({ color: 'red', title, message: messageOf(error), autoClose: 10_000 })
    return false
  }
}

/** The fill value for every selected cell; of records only for the fields whose columns are selected. */
export function clearEdits(model: TableModel, path: string, rects: readonly RangeRect[]): Edit[] {
  const regions = regionsOf(model, rects)
  if (!model.fields || rects.every((rect) => fieldsUnder(model, rect) === undefined))
    return inAll(regions, (dims) => ({ kind: 'clear', path, ...dims }))
  const fill = { kind: 'expression', text: 'fill' } as const
  return model.fields.flatMap(({ name }) => {
    const own = regions.filter((_, i) => fieldsUnder(model, rects[i]!)?.includes(name) ?? true)
    return inAll(own, (dims) => ({ kind: 'fill', path, ...dims, fill, field: name }))
  })
}

/** One edit for several regions; none without any. */
function inAll(
  [dims, ...also]: DimSlice[][],
  edit: (regions: { dims: DimSlice[]; also?: DimSlice[][] }) => Edit,
): Edit[] {
  return dims ? [edit({ dims, ...(also.length > 0 && { also }) })] : []
}
