import { ConflictError, isAborted, toErrorBody } from '@shared/errors'
import type { Edit } from '@shared/model/edits'
import { isBelow } from '../stores/key'
import { OverlayStore } from '../stores/overlay'
import { isDocumentKey } from './document-key'
import { wholeEdit, type KeyChange, type Transaction } from './transaction'

/** The later edits as they are without the first, and how the keys of all change by that. */
export interface Replanned {
  rest: Transaction[]
  states: KeyChange[]
}

/**
 * Works out what staged edits come to without the first of them: later ones that touch the same keys, or nodes that it
 * made or changed, are planned anew. Nothing is staged. Throws ConflictError where one of them cannot be without it.
 */
export async function replanned(
  [doomed, ...later]: readonly Transaction[],
  overlay: OverlayStore,
  plan: (edit: Edit, front: OverlayStore) => Promise<Transaction>,
): Promise<Replanned> {
  const front = new OverlayStore(overlay.base)
  for (const [key, state] of overlay.staged) front.stage(key, state)
  for (const { changes } of [doomed!, ...later].reverse())
    for (const { key, before } of changes) front.stage(key, before)
  const rest: Transaction[] = []
  const affected = [doomed!]
  for (const transaction of later) {
    let next = transaction
    if (affected.some((one) => standsOn(transaction, one))) {
      next = await again(transaction, doomed!, (edit) => plan(edit, front))
      affected.push(transaction, next)
    }
    for (const { key, after } of next.changes) front.stage(key, after)
    if (next.changes.length > 0) rest.push(next)
  }
  return { rest, states: differences([doomed!, ...later, ...rest], overlay, front) }
}

async function again(
  transaction: Transaction,
  doomed: Transaction,
  plan: (edit: Edit) => Promise<Transaction>,
): Promise<Transaction> {
  const { id, info } = transaction
  try {
    const next = await plan(await wholeEdit(transaction))
    return { ...next, id, saved: transaction.saved, info: { ...next.info, id, at: info.at } }
  } catch (error) {
    if (isAborted(error)) throw error
    throw new ConflictError(
      transaction.changes[0]?.key ?? '',
      `"${doomed.info.label}" cannot be taken out: "${info.label}" stands on it (${toErrorBody(error).message.replace(/\.$/, '')}). Undo that first.`,
    )
  }
}

/** Whether an edit was made from what an earlier one left. */
function standsOn(later: Transaction, earlier: Transaction): boolean {
  const keys = new Set(earlier.changes.map(({ key }) => key))
  if (later.changes.some(({ key }) => keys.has(key))) return true
  const changesNodes = earlier.changes.some(({ key }) => isDocumentKey(key)) && !isAttributes(earlier.edit)
  return (
    changesNodes &&
    pathsOf(later.edit).some((path) => pathsOf(earlier.edit).some((own) => related(own, path)))
  )
}

const isAttributes = ({ kind }: Edit): boolean => kind === 'attributes' || kind === 'attributesText'
export const pathsOf = (edit: Edit): string[] => ('to' in edit ? [edit.path, edit.to] : [edit.path])
export const related = (a: string, b: string): boolean => a === b || isBelow(a, b) || isBelow(b, a)

function differences(
  transactions: readonly Transaction[],
  overlay: OverlayStore,
  front: OverlayStore,
): KeyChange[] {
  const last = new Map(transactions.flatMap(({ changes }) => changes.map((change) => [change.key, change])))
  return [...last.values()].map(({ key, path, stamp }) => ({
    key,
    path,
    stamp,
    before: overlay.staged.get(key),
    after: front.staged.get(key),
  }))
}
