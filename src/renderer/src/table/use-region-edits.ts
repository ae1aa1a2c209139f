import { notifications } from '@mantine/notifications'
import type { Edit } from '@shared/model/edits'
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
  return rects.flatMap((rect, i): Edit[] => {
    const dims = regionsOf(model, rects)[i] ?? []
    const fields = fieldsUnder(model, rect)
    if (!fields) return [{ kind: 'clear', path, dims }]
    const fill = { kind: 'expression', text: 'fill' } as const
    return fields.map((field) => ({ kind: 'fill', path, dims, fill, field }))
  })
}
