import { Button, Modal } from '@mantine/core'
import { call } from '../rpc/connection'
import { useDialogs } from '../state/dialogs'
import { reportProblem } from '../state/problems'
import { CopyButton } from '../ui/copy-button'
import { DialogActions } from '../ui/dialog-actions'
import { printable } from '../ui/format'
import { Notice } from '../ui/states'
import classes from './attributes.module.css'

/** A link from a store is a stranger's text: its whole address is shown, and only https opens. */
export function LinkDialog() {
  const link = useDialogs((s) => s.link)
  const close = (): void => useDialogs.setState({ link: null })
  const secure = link?.startsWith('https://') ?? false
  return (
    <Modal opened={link !== null} onClose={close} title="Open this link?" size="md">
      <div className={classes['link']}>
        <p>The address comes from the store. It opens outside Zarrscope.</p>
        <div className={classes['address']}>
          <code>{printable(link ?? '')}</code>
          <CopyButton text={link ?? ''} label="Copy address" />
        </div>
        {!secure && <Notice>Only https addresses are opened; this one can be copied.</Notice>}
        <DialogActions cancelFocused onCancel={close}>
          <Button
            disabled={!secure}
            onClick={() => {
              close()
              call('host.openExternal', { url: link ?? '' }).catch((error: unknown) => reportProblem(error))
            }}
          >
            Open
          </Button>
        </DialogActions>
      </div>
    </Modal>
  )
}
