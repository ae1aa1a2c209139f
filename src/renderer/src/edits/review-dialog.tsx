import { Modal } from '@mantine/core'
import { useState } from 'react'
import { useDialogs } from '../state/dialogs'
import { resolveConflicts, revertEdit, useEdits, wholeEdit } from '../state/edits'
import { useSession } from '../state/session'
import { openTab } from '../state/tabs'
import { ErrorNote } from '../ui/states'
import { ConflictsView } from './conflicts-view'
import { saveAndTell } from './edit-actions'
import { ReviewView } from './review-view'

/** Everything that Save would write, edit by edit, and what other programs changed meanwhile. */
export function ReviewDialog() {
  const id = useDialogs((s) => s.review)
  const store = useSession((s) => s.stores.find((one) => one.id === id))
  const close = (): void => useDialogs.setState({ review: null })
  return (
    <Modal
      opened={store !== undefined}
      onClose={close}
      title={`Staged edits of ${store?.name ?? ''}`}
      size="xl"
    >
      {store && <Review store={store} onClose={close} />}
    </Modal>
  )
}

function Review({ store, onClose }: { store: { id: string; path: string }; onClose: () => void }) {
  const state = useEdits((s) => s.byStore[store.id])
  const [error, setError] = useState<unknown>(null)
  if (!state) return null
  const trying = (work: Promise<unknown>): void => {
    setError(null)
    work.catch(setError)
  }
  return (
    <>
      {error !== null && <ErrorNote error={error} compact />}
      {state.conflicts.length > 0 && (
        <ConflictsView
          conflicts={state.conflicts}
          onResolve={(shown, take) => trying(resolveConflicts(store.id, shown, take))}
        />
      )}
      <ReviewView
        state={state}
        storePath={store.path}
        onWhole={(edit) => wholeEdit(store.id, edit)}
        onRevert={(edit) => trying(revertEdit(store.id, edit))}
        onShow={(edit) => {
          openTab(store.id, edit.path)
          onClose()
        }}
        onDiscard={() => useDialogs.setState({ review: null, discarding: store.id })}
        onSave={() =>
          void saveAndTell(store.id).then((saved) => {
            if (saved) onClose()
          })
        }
      />
    </>
  )
}
