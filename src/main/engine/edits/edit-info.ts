import type { Edit, EditInfo } from '@shared/model/edits'
import { isDocumentKey } from './document-key'
import type { Planned } from './plan-types'
import { changedBytes, type KeyChange, type Transaction } from './transaction'

/** Lists of chunks that are told in full; longer ones would weigh on every report of the state. */
const MAX_LISTED = 10_000

/** An edit for the list of the review. */
export function editInfo(
  id: number,
  edit: Edit,
  { label, region, cells, before, after }: Planned,
  changes: readonly KeyChange[],
): EditInfo {
  return {
    id,
    kind: edit.kind,
    label,
    path: edit.path,
    ...(region !== undefined && { region }),
    ...(cells !== undefined && { cells }),
    chunks: changes.filter(({ key }) => !isDocumentKey(key)).length,
    bytes: changedBytes(changes),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    at: Date.now(),
    edit: listedEdit(edit),
  }
}

/** An undone edit that the store holds: Save will take it back. */
export const takenBackInfo = ({ info, changes }: Transaction): EditInfo => ({
  ...info,
  label: `Take back: ${info.label}`,
  takesBack: true,
  bytes: changes.reduce((n, { before }) => n + (before?.size ?? 0), 0),
  ...swapped(info),
})

const swapped = ({ before, after }: EditInfo): Pick<EditInfo, 'before' | 'after'> => ({
  ...(after !== undefined && { before: after }),
  ...(before !== undefined && { after: before }),
})

/** The intent of an edit, its cells left out. */
export const withoutCells = (edit: Edit): Edit =>
  edit.kind === 'cells' ? { ...edit, data: new Uint8Array(), offsets: undefined } : edit

/** The same as it is told with every report. */
export const listedEdit = (edit: Edit): Edit =>
  'chunks' in edit ? { ...edit, chunks: edit.chunks.slice(0, MAX_LISTED) } : withoutCells(edit)
