import { useActiveStore } from '../state/session'
import { useEdits } from '../state/edits'
import { useDialogs } from '../state/dialogs'
import { EditsBarView } from './edits-bar-view'
import { saveAndTell, stepQuietly } from './edit-actions'

/** What is staged in the store in front, with the buttons that act on it. */
export function EditsBarContainer() {
  const store = useActiveStore()
  const state = useEdits((s) => (store ? s.byStore[store.id] : undefined))
  if (!store || !state) return null
  const { id } = store
  return (
    <EditsBarView
      state={state}
      onReview={() => useDialogs.setState({ review: id })}
      onSave={() => void saveAndTell(id)}
      onDiscard={() => useDialogs.setState({ discarding: id })}
      onUndo={() => void stepQuietly(id, 'undo')}
      onRedo={() => void stepQuietly(id, 'redo')}
    />
  )
}
