import { Modal } from '@mantine/core'
import type { FolderEntry, PickedFile, PickKind } from '@shared/model/host'
import { useState } from 'react'
import { call } from '../rpc/connection'
import { useRequest } from '../rpc/use-request'
import { type Browse, useDialogs } from '../state/dialogs'
import { FolderDialogView } from './folder-dialog-view'

const TITLES: Record<PickKind, string> = {
  folder: 'Open folder',
  zip: 'Open zip',
  file: 'Choose a file',
  saveFile: 'Save as',
  saveFolder: 'Name the folder of the new store',
}

/** The folder browser for hosts that cannot show a dialog of their own. */
export function FolderDialogContainer() {
  const browse = useDialogs((s) => s.browse)
  function done(picked: PickedFile | null): void {
    useDialogs.setState({ browse: null })
    browse?.resolve(picked)
  }
  return (
    <Modal
      opened={browse !== null}
      onClose={() => done(null)}
      title={browse ? TITLES[browse.kind] : ''}
      size={620}
      zIndex={300}
    >
      {browse && <Browser browse={browse} onDone={done} />}
    </Modal>
  )
}

/** The folder that was looked at last, so that the next dialog begins there. */
let lastFolder: string | undefined

function Browser({ browse, onDone }: { browse: Browse; onDone: (picked: PickedFile | null) => void }) {
  const { kind, extensions = [] } = browse
  const [path, setPath] = useState(lastFolder)
  const [chosen, setChosen] = useState<FolderEntry | null>(null)
  const [name, setName] = useState(browse.name ?? '')
  const [refusal, setRefusal] = useState<unknown>(null)
  const { status, data, error, retry } = useRequest('host.list', {
    ...(path === undefined ? {} : { path }),
    ...(extensions.length > 0 ? { extensions } : {}),
  })

  function go(to: string): void {
    setChosen(null)
    setRefusal(null)
    setPath(to)
    lastFolder = to
  }
  function choose(entry: FolderEntry | null): void {
    setChosen(entry)
    if (entry && kind === 'saveFile' && entry.kind !== 'folder') setName(entry.name)
    if (entry && kind === 'saveFolder' && entry.kind === 'store') setName(entry.name)
  }
  function save(): void {
    call('host.target', { folder: data?.path ?? '', name: withExtension(name.trim(), extensions) }).then(
      onDone,
      setRefusal,
    )
  }
  const failure = status === 'error' ? { error, retry } : refusal === null ? null : { error: refusal }
  return (
    <FolderDialogView
      kind={kind}
      listing={data ?? null}
      loading={status === 'loading'}
      error={failure}
      chosen={chosen}
      name={name}
      onName={setName}
      onChoose={choose}
      onGo={go}
      onOpen={(ticket) => onDone({ ticket, path: ticket, exists: true })}
      onSave={save}
      onCancel={() => onDone(null)}
    />
  )
}

/** A name without one of the extensions gets the first. */
const withExtension = (name: string, extensions: readonly string[]): string =>
  name === '' || extensions.length === 0 || extensions.some((end) => name.toLowerCase().endsWith(`.${end}`))
    ? name
    : `${name}.${extensions[0]!}`
