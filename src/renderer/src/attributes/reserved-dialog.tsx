import { Button, Modal } from '@mantine/core'
import { DialogActions } from '../ui/dialog-actions'
import { printable } from '../ui/format'
import classes from './attributes.module.css'
import type { ReservedQuestion } from './use-attribute-edits'

/** Asks before an attribute that a convention relies on goes or changes its name. */
export function ReservedDialog({
  question,
  onClose,
}: {
  question: ReservedQuestion | null
  onClose: () => void
}) {
  return (
    <Modal opened={question !== null} onClose={onClose} title="Change a reserved attribute?" size="md">
      <p className={classes['meaning']}>{printable(question?.sentence ?? '')}</p>
      <DialogActions cancelFocused onCancel={onClose}>
        <Button color="red" onClick={() => question?.confirm()}>
          Change it
        </Button>
      </DialogActions>
    </Modal>
  )
}
