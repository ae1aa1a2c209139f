/** Saving, undoing and discarding as a person does it: the outcome is told in one sentence. */
import { notifications } from '@mantine/notifications'
import { ConflictError } from '@shared/errors'
import { useDialogs } from '../state/dialogs'
import { discardEdits, editsOf, isStaging, saveEdits, step } from '../state/edits'
import { messageOf, reportProblem } from '../state/problems'
import { formatBytes, formatCount } from '../ui/format'

/** Saves; a conflict opens the review, which shows both sides. Answers whether everything was written. */
export async function saveAndTell(store: string): Promise<boolean> {
  const isClean = (editsOf(store)?.edits.length ?? 0) === 0 && (editsOf(store)?.keys ?? 0) === 0
  if (isClean && !isStaging(store)) return true
  try {
    const { keys, bytes } = await saveEdits(store)
    const things = keys === 1 ? '1 key' : `${formatCount(keys)} keys`
    notifications.show({ message: `Saved: ${things}, ${formatBytes(bytes)} written.`, autoClose: 3000 })
    return true
  } catch (error) {
    reportProblem(error)
    if (error instanceof ConflictError) useDialogs.setState({ review: store })
    else notifications.show({ color: 'red', message: `Not saved: ${messageOf(error)}`, autoClose: false })
    return false
  }
}

/** Undo or redo; only a failure is told. */
export async function stepQuietly(store: string, direction: 'undo' | 'redo'): Promise<void> {
  try {
    await step(store, direction)
  } catch (error) {
    notifications.show({ color: 'red', message: `Nothing was changed: ${messageOf(error)}`, autoClose: 8000 })
  }
}

/** Discards what is staged; false, and told, where that fails. */
export async function discardAndTell(store: string): Promise<boolean> {
  try {
    await discardEdits(store)
    return true
  } catch (error) {
    reportProblem(error)
    notifications.show({ color: 'red', message: `Nothing was discarded: ${messageOf(error)}` })
    return false
  }
}
