import { Button, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core'
import type { Edit } from '@shared/model/edits'
import type { PickedFile } from '@shared/model/host'
import type { JobSpec } from '@shared/model/jobs'
import { useState } from 'react'
import { useRequest } from '../rpc/use-request'
import { applyEdit } from '../state/edits'
import { startHostJob } from '../state/host-jobs'
import { pick } from '../state/pick'
import { useSession } from '../state/session'
import { formatBytes, formatCount, formatShape } from '../ui/format'
import { ErrorNote } from '../ui/states'
import { joinPath, parseShape } from './layout-text'
import type { NodeDialogProps } from './node-dialogs'
import { StructureForm } from './structure-form'
import classes from './structure.module.css'

/** A new shape, and what it takes away. */
export function ResizeDialog({ store, path }: NodeDialogProps) {
  const node = useRequest('node.get', { store, path })
  const shape = node.data?.array?.shape
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? shape?.join(', ') ?? ''
  const parsed = parseShape(text)
  const wanted = 'value' in parsed && parsed.value.length === shape?.length ? parsed.value : null
  const edit: Edit | null = wanted && { kind: 'resize', path, shape: wanted }
  const isSame = wanted?.every((length, k) => length === shape?.[k]) ?? true
  const preview = useRequest('edits.preview', edit && !isSame ? { store, edit } : null)
  const tooLarge = preview.data?.tooLarge ?? false
  const job: JobSpec | null = wanted && { kind: 'resize', source: { store, path }, shape: wanted }
  return (
    <StructureForm
      submit={tooLarge ? 'Resize now' : 'Resize'}
      danger={(preview.data?.chunksDeleted ?? 0) > 0}
      disabled={isSame || !preview.data}
      operation={isSame ? null : tooLarge ? job : edit}
      store={store}
      onSubmit={async () => {
        if (tooLarge && job) await startHostJob(job)
        else if (edit) await applyEdit(store, edit, { label: `Resize /${path}` })
      }}
    >
      <p className={classes['text']}>{`The shape is ${shape ? formatShape(shape) : '…'} now.`}</p>
      <TextInput
        className={classes['mono'] ?? ''}
        label="New shape"
        data-autofocus
        value={text}
        error={
          'wrong' in parsed
            ? parsed.wrong
            : shape && !wanted
              ? `The array has ${shape.length} dimensions.`
              : null
        }
        onChange={(e) => setTyped(e.currentTarget.value)}
      />
      {preview.status === 'error' && !isSame && <ErrorNote error={preview.error} compact />}
      {preview.data && (
        <p>
          {preview.data.chunksDeleted > 0
            ? `Deletes ${formatCount(preview.data.chunksDeleted)} ${preview.data.chunksDeleted === 1 ? 'chunk' : 'chunks'} outside the new shape, ${formatBytes(preview.data.bytesDeleted)}.`
            : 'Deletes no chunks; new items read as the fill value.'}
        </p>
      )}
      {tooLarge && (
        <p className={classes['warning']}>
          This is too large to be staged: the array is resized at once, and what goes cannot be brought back.
        </p>
      )}
    </StructureForm>
  )
}

/** Items of a file or of another array, along an axis. */
export function AppendDialog({ store, path }: NodeDialogProps) {
  const node = useRequest('node.get', { store, path })
  const shape = node.data?.array?.shape ?? []
  const stores = useSession((s) => s.stores)
  const [from, setFrom] = useState<'file' | 'array'>('file')
  const [file, setFile] = useState<PickedFile | null>(null)
  const [other, setOther] = useState({ store, path: '' })
  const [axis, setAxis] = useState(0)
  const contents = useRequest('file.inspect', from === 'file' && file ? { ticket: file.ticket } : null)
  const otherNode = useRequest(
    'node.get',
    from === 'array' && other.path !== '' ? { store: other.store, path: joinPath('', other.path) } : null,
  )
  const added =
    from === 'array'
      ? otherNode.data?.array?.shape
      : contents.data?.kind === 'npy'
        ? contents.data.shape
        : undefined
  const fits =
    added === undefined ||
    (added.length === shape.length && added.every((length, k) => k === axis || length === shape[k]))
  const source =
    from === 'array'
      ? otherNode.data?.array
        ? { store: other.store, path: joinPath('', other.path) }
        : null
      : file && { ticket: file.ticket, path: file.path }
  const job: JobSpec | null = source && { kind: 'append', target: { store, path }, axis, source }
  return (
    <StructureForm
      submit="Append"
      disabled={!job || !fits}
      operation={job}
      store={store}
      onSubmit={async () => {
        if (job) await startHostJob(job)
      }}
    >
      <p className={classes['text']}>{`Shape ${formatShape(shape)}, ${node.data?.array?.dtypeName ?? ''}`}</p>
      <SegmentedControl
        size="xs"
        aria-label="Source"
        value={from}
        onChange={(value) => setFrom(value)}
        data={[
          { value: 'file', label: 'A file' },
          { value: 'array', label: 'Another array' },
        ]}
      />
      {from === 'file' ? (
        <div className={classes['place']}>
          <TextInput label="File" readOnly value={file?.path ?? ''} placeholder=".npy or .csv" />
          <Button
            variant="default"
            data-autofocus
            onClick={() =>
              void pick({ kind: 'file', extensions: ['npy', 'csv'] }).then((p) => p && setFile(p))
            }
          >
            Choose…
          </Button>
        </div>
      ) : (
        <div className={classes['fields']}>
          <Select
            label="Store"
            allowDeselect={false}
            data={stores.map(({ id, name }) => ({ value: id, label: name }))}
            value={other.store}
            onChange={(value) => setOther({ ...other, store: value ?? store })}
          />
          <TextInput
            label="Path of the array"
            value={other.path}
            onChange={(e) => setOther({ ...other, path: e.currentTarget.value })}
          />
        </div>
      )}
      <NumberInput
        label="Axis"
        min={0}
        max={Math.max(0, shape.length - 1)}
        value={axis}
        onChange={(value) => setAxis(Number(value) || 0)}
      />
      {contents.status === 'error' && file && <ErrorNote error={contents.error} compact />}
      {otherNode.status === 'error' && other.path !== '' && <ErrorNote error={otherNode.error} compact />}
      {added && !fits && (
        <p className={classes['warning']} role="alert">
          {`Items of shape ${formatShape(added)} do not fit along axis ${axis}: the other lengths must be equal.`}
        </p>
      )}
      {added && fits && (
        <p className={classes['text']}>
          {`The shape will be ${formatShape(shape.map((length, k) => (k === axis ? length + (added[k] ?? 0) : length)))}.`}
        </p>
      )}
    </StructureForm>
  )
}
