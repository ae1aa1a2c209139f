import { Button, SegmentedControl, Select, TextInput } from '@mantine/core'
import type { Edit } from '@shared/model/edits'
import type { PickedFile } from '@shared/model/host'
import { useDeferredValue, useState } from 'react'
import { call } from '../rpc/connection'
import { useRequest } from '../rpc/use-request'
import { pick } from '../state/pick'
import { openTicket } from '../state/session'
import { ArrayFields } from './array-fields'
import { arrayOptions, NEW_ARRAY } from './array-form'
import { ArrayPreviewView } from './array-preview'
import { StructureForm } from './structure-form'
import classes from './structure.module.css'

/** A new store: a folder or a zip file, with a group or a single array as its root. */
export function NewStoreDialog() {
  const [kind, setKind] = useState<'folder' | 'zip'>('folder')
  const [file, setFile] = useState<PickedFile | null>(null)
  const [root, setRoot] = useState<'group' | 'array'>('group')
  const [format, setFormat] = useState<2 | 3>(3)
  const [text, setText] = useState(NEW_ARRAY)
  const settled = useDeferredValue(text)
  const parsed = arrayOptions(settled)
  const isArray = root === 'array'
  const preview = useRequest(
    'node.previewArray',
    isArray && 'options' in parsed ? { store: null, path: '', options: parsed.options } : null,
  )
  const shown = preview.data
  const error = !isArray ? null : 'field' in parsed ? parsed : shown && 'error' in shown ? shown.error : null
  const options = 'options' in parsed ? parsed.options : null
  const made: Edit | null = !isArray
    ? { kind: 'createGroup', path: '', zarrFormat: format }
    : options && !error
      ? { kind: 'createArray', path: '', options }
      : null
  const operation = file ? made : null
  return (
    <StructureForm
      submit="Create store"
      disabled={!operation}
      operation={operation}
      {...(file ? { store: file.path } : {})}
      onSubmit={async () => {
        if (!file) return
        const created = await call('store.create', {
          ticket: file.ticket,
          root: isArray && options ? { options } : { zarrFormat: format },
        })
        await openTicket(file.ticket, created.name)
        await call('store.close', { store: created.id })
      }}
    >
      <div className={classes['fields']}>
        <SegmentedControl
          size="xs"
          aria-label="Kind of store"
          value={kind}
          onChange={(value) => {
            setKind(value === 'zip' ? 'zip' : 'folder')
            setFile(null)
          }}
          data={[
            { value: 'folder', label: 'A folder' },
            { value: 'zip', label: 'A zip file' },
          ]}
        />
        <SegmentedControl
          size="xs"
          aria-label="Root"
          value={root}
          onChange={(value) => setRoot(value === 'array' ? 'array' : 'group')}
          data={[
            { value: 'group', label: 'A group' },
            { value: 'array', label: 'A single array' },
          ]}
        />
      </div>
      <div className={classes['place']}>
        <TextInput label="Place" readOnly value={file?.path ?? ''} placeholder="Not chosen yet" />
        <Button
          variant="default"
          data-autofocus
          onClick={() =>
            void pick(
              kind === 'zip'
                ? { kind: 'saveFile', extensions: ['zip', 'ozx'], name: 'new.zarr.zip' }
                : { kind: 'saveFolder', name: 'new.zarr' },
            ).then((picked) => picked && setFile(picked))
          }
        >
          Choose…
        </Button>
      </div>
      {isArray ? (
        <div className={classes['columns']}>
          <ArrayFields
            value={text}
            onChange={setText}
            error={error}
            named={false}
            formats={['3', '2', '1']}
          />
          <ArrayPreviewView preview={'field' in parsed ? { error: parsed } : shown} />
        </div>
      ) : (
        <Select
          label="Format"
          allowDeselect={false}
          data={['3', '2']}
          value={String(format)}
          onChange={(value) => setFormat(value === '2' ? 2 : 3)}
        />
      )}
      <p className={classes['text']}>It is written at once and opened. Nothing is replaced.</p>
    </StructureForm>
  )
}
