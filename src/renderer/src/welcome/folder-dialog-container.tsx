import { Modal } from '@mantine/core'
import type { FolderEntry } from '@shared/model/host'
import { useState } from 'react'
import { useRequest } from '../rpc/use-request'
import { useDialogs } from '../state/dialogs'
import { openTicket } from '../state/session'
import { FolderDialogView } from './folder-dialog-view'

/** The folder browser for hosts that cannot show a dialog of their own. */
export function FolderDialogContainer() {
  const kind = useDialogs((s) => s.browse)
  const close = (): void => useDialogs.setState({ browse: null })
  return (
    <Modal
      opened={kind !== null}
      onClose={close}
      title={kind === 'zip' ? 'Open zip' : 'Open folder'}
      size={620}
    >
      {kind && <Browser kind={kind} onDone={close} />}
    </Modal>
  )
}

function Browser({ kind, onDone }: { kind: 'folder' | 'zip'; onDone: () => void }) {
  const [path, setPath] = useState<string | undefined>(undefined)
  const [chosen, setChosen] = useState<FolderEntry | null>(null)
  const { status, data, error, retry } = useRequest('host.list', path === undefined ? {} : { path })

  function go(to: string): void {
    setChosen(null)
    setPath(to)
  }
  function open(ticket: string, label: string): void {
    onDone()
    void openTicket(ticket, label)
  }
  return (
    <FolderDialogView
      kind={kind}
      listing={data ?? null}
      loading={status === 'loading'}
      error={status === 'error' ? { error, retry } : null}
      chosen={chosen}
      onChoose={setChosen}
      onGo={go}
      onOpen={open}
      onCancel={onDone}
    />
  )
}
