import { Checkbox, Select, TextInput } from '@mantine/core'
import type { Edit, EditPreview } from '@shared/model/edits'
import type { JobSpec } from '@shared/model/jobs'
import { useState } from 'react'
import { useRequest } from '../rpc/use-request'
import { applyEdit } from '../state/edits'
import { startHostJob } from '../state/host-jobs'
import { openTab } from '../state/tabs'
import { formatBytes, formatCount } from '../ui/format'
import { ErrorNote, Loading } from '../ui/states'
import { joinPath } from './layout-text'
import { StructureForm } from './structure-form'
import classes from './structure.module.css'

export interface NodeDialogProps {
  store: string
  path: string
}

/** A new group below a group. */
export function NewGroupDialog({ store, path }: NodeDialogProps) {
  const parent = useRequest('node.get', { store, path })
  const [name, setName] = useState('')
  const [format, setFormat] = useState<2 | 3 | null>(null)
  const zarrFormat = format ?? (parent.data?.zarrFormat === 2 ? 2 : 3)
  const edit: Edit = { kind: 'createGroup', path: joinPath(path, name), zarrFormat }
  return (
    <StructureForm
      submit="Create group"
      disabled={name.trim() === ''}
      operation={name.trim() === '' ? null : edit}
      store={store}
      onSubmit={async () => {
        await applyEdit(store, edit, { label: `Create group /${edit.path}` })
        openTab(store, edit.path)
      }}
    >
      <TextInput
        label="Name"
        description={`In /${path}; slashes make groups on the way`}
        data-autofocus
        value={name}
        onChange={(e) => setName(e.currentTarget.value)}
        spellCheck={false}
      />
      <Select
        label="Format"
        allowDeselect={false}
        data={['3', '2']}
        value={String(zarrFormat)}
        onChange={(value) => setFormat(value === '2' ? 2 : 3)}
      />
      <p className={classes['text']}>It is staged: Save writes it.</p>
    </StructureForm>
  )
}

/** Another name or place in the same store. */
export function RenameDialog({ store, path }: NodeDialogProps) {
  const [to, setTo] = useState(path)
  const clean = joinPath('', to)
  const edit: Edit = { kind: 'move', path, to: clean }
  const isSame = clean === '' || clean === path
  const preview = useRequest('edits.preview', isSame ? null : { store, edit })
  const tooLarge = preview.data?.tooLarge ?? false
  const job: JobSpec = { kind: 'move', source: { store, path }, to: clean }
  return (
    <StructureForm
      submit={tooLarge ? 'Move now' : 'Rename'}
      disabled={isSame || preview.status === 'loading'}
      operation={isSame ? null : tooLarge ? job : edit}
      store={store}
      onSubmit={async () => {
        if (tooLarge) await startHostJob(job)
        else await applyEdit(store, edit, { label: `Move /${path}` })
      }}
    >
      <TextInput
        label="New path"
        description="Inside the store; missing groups on the way are made"
        data-autofocus
        value={to}
        onChange={(e) => setTo(e.currentTarget.value)}
        spellCheck={false}
      />
      {tooLarge && (
        <p className={classes['warning']}>
          It is too large to be staged: it is moved at once, and cannot be undone but by moving it back.
        </p>
      )}
    </StructureForm>
  )
}

/** A copy in the same store. */
export function DuplicateDialog({ store, path }: NodeDialogProps) {
  const [to, setTo] = useState(`${path}_copy`)
  const [verify, setVerify] = useState(false)
  const job: JobSpec = {
    kind: 'copy',
    source: { store, path },
    target: { store, path: joinPath('', to) },
    layout: {},
    overwrite: false,
    verify,
    resume: false,
    unsafe: false,
  }
  return (
    <StructureForm
      submit="Duplicate"
      disabled={joinPath('', to) === ''}
      operation={job}
      store={store}
      onSubmit={() => startHostJob(job)}
    >
      <TextInput
        label="Path of the copy"
        data-autofocus
        value={to}
        onChange={(e) => setTo(e.currentTarget.value)}
        spellCheck={false}
      />
      <Checkbox
        size="xs"
        label="Verify: read the copy back and compare"
        checked={verify}
        onChange={(e) => setVerify(e.currentTarget.checked)}
      />
      <p className={classes['text']}>It is written at once and appears when it is whole.</p>
    </StructureForm>
  )
}

/** Says what goes before it goes. */
export function DeleteDialog({ store, path }: NodeDialogProps) {
  const edit: Edit = { kind: 'delete', path }
  const preview = useRequest('edits.preview', { store, edit })
  const nodes = useRequest('node.walk', { store, path })
  const tooLarge = preview.data?.tooLarge ?? false
  const job: JobSpec = { kind: 'delete', source: { store, path } }
  return (
    <StructureForm
      submit={tooLarge ? 'Delete for good' : 'Delete'}
      danger
      disabled={!preview.data}
      operation={tooLarge ? job : edit}
      store={store}
      onSubmit={async () => {
        if (tooLarge) await startHostJob(job)
        else await applyEdit(store, edit, { label: `Delete /${path}` })
      }}
    >
      {preview.status === 'error' && <ErrorNote error={preview.error} onRetry={preview.retry} compact />}
      {preview.status === 'loading' && <Loading what="Counting what would go" />}
      {preview.data && (
        <p>{`Deletes /${path}: ${deletionText(preview.data, (nodes.data?.nodes ?? 0) + 1)}.`}</p>
      )}
      <p className={tooLarge ? classes['warning'] : classes['text']}>
        {tooLarge
          ? 'It is too large to be staged: it goes at once and cannot be undone.'
          : 'It is staged: Save deletes it, and Undo brings it back.'}
      </p>
    </StructureForm>
  )
}

function deletionText(preview: EditPreview, nodes: number): string {
  const some = (count: number, noun: string): string =>
    `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
  return [some(nodes, 'node'), some(preview.chunksDeleted, 'chunk'), formatBytes(preview.bytesDeleted)].join(
    ', ',
  )
}
