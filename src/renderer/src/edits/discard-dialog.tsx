import { Button, Modal } from '@mantine/core'
import { useDialogs } from '../state/dialogs'
import { useEdits } from '../state/edits'
import { closeStore, useSession } from '../state/session'
import { formatBytes, formatCount } from '../ui/format'
import { discardAndTell, saveAndTell } from './edit-actions'
import classes from './edits.module.css'

/** Asks before staged edits are thrown away. */
export function DiscardDialog() {
  const id = useDialogs((s) => s.discarding)
  const state = useEdits((s) => (id === null ? undefined : s.byStore[id]))
  const close = (): void => useDialogs.setState({ discarding: null })
  return (
    <Modal
      opened={id !== null && state !== undefined}
      onClose={close}
      title="Discard the staged edits?"
      size="md"
    >
      <p className={classes['text']}>
        {sentence(state)} {state?.edits.length === 1 ? 'It is' : 'They are'} lost for good; the store stays as
        it is.
      </p>
      <div className={classes['foot']}>
        <span className={classes['spring']} />
        <Button variant="default" data-autofocus onClick={close}>
          Keep
        </Button>
        <Button
          color="red"
          onClick={() => {
            close()
            if (id !== null) void discardAndTell(id)
          }}
        >
          Discard
        </Button>
      </div>
    </Modal>
  )
}

/** Asks what is to become of staged edits when their store is closed. */
export function CloseDialog() {
  const id = useDialogs((s) => s.closing)
  const state = useEdits((s) => (id === null ? undefined : s.byStore[id]))
  const store = useSession((s) => s.stores.find((one) => one.id === id))
  const stay = (): void => useDialogs.setState({ closing: null })
  const go = (before: Promise<boolean>): void => {
    stay()
    void before.then((done) => {
      if (done && store) void closeStore(store.id)
    })
  }
  return (
    <Modal
      opened={store !== undefined && state !== undefined}
      onClose={stay}
      title={`Close ${store?.name ?? ''}?`}
      size="lg"
    >
      <p className={classes['text']}>
        {sentence(state)} Kept edits come back when the store is opened again.
      </p>
      {store && (
        <div className={classes['foot']}>
          <Button variant="subtle" color="red" onClick={() => go(discardAndTell(store.id))}>
            Discard and close
          </Button>
          <span className={classes['spring']} />
          <Button variant="default" onClick={stay}>
            Cancel
          </Button>
          <Button variant="default" onClick={() => go(Promise.resolve(true))}>
            Keep for later
          </Button>
          <Button data-autofocus onClick={() => go(saveAndTell(store.id))}>
            Save and close
          </Button>
        </div>
      )}
    </Modal>
  )
}

const sentence = (state: { edits: readonly unknown[]; bytes: number } | undefined): string => {
  const count = state?.edits.length ?? 0
  return `${formatCount(count)} ${count === 1 ? 'edit is' : 'edits are'} staged and not saved (${formatBytes(state?.bytes ?? 0)}).`
}
