import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import type { PickedFile } from '@shared/model/host'
import type { JobSpec } from '@shared/model/jobs'
import { useState } from 'react'
import { useRequest } from '../rpc/use-request'
import { startHostJob } from '../state/host-jobs'
import { pick } from '../state/pick'
import { formatShape } from '../ui/format'
import { ErrorNote } from '../ui/states'
import { EMPTY_LAYOUT, layoutChange, LayoutFields } from './layout-fields'
import { joinPath } from './layout-text'
import type { NodeDialogProps } from './node-dialogs'
import { StructureForm } from './structure-form'
import classes from './structure.module.css'

const IMPORTED = ['npy', 'csv', 'h5', 'hdf5', 'he5', 'hdf', 'nc', 'nc4', 'cdf']

/** A file of another format as a new node below a group. */
export function ImportDialog({ store, path }: NodeDialogProps) {
  const [file, setFile] = useState<PickedFile | null>(null)
  const [inside, setInside] = useState('/')
  const [name, setName] = useState('')
  const [text, setText] = useState(EMPTY_LAYOUT)
  const contents = useRequest('file.inspect', file ? { ticket: file.ticket } : null)
  const layout = layoutChange(text)
  const isHdf5 = contents.data?.kind === 'hdf5'
  const chosen =
    contents.data?.kind === 'hdf5' ? contents.data.nodes.find((n) => n.path === inside) : undefined
  const isArray = !isHdf5 || chosen?.kind === 'dataset'
  const to = joinPath(path, name)
  const job: JobSpec | null =
    file && contents.data && layout && name.trim() !== ''
      ? {
          kind: 'import',
          source: { ticket: file.ticket, path: file.path },
          ...(isHdf5 ? { inside } : {}),
          target: { store, path: to },
          layout,
        }
      : null
  function choose(): void {
    void pick({ kind: 'file', extensions: IMPORTED }).then((picked) => {
      if (!picked) return
      setFile(picked)
      setInside('/')
      const base = picked.path.split(/[\\/]/).at(-1) ?? ''
      setName(base.replace(/\.[^.]*$/, ''))
    })
  }
  return (
    <StructureForm
      submit="Import"
      disabled={!job}
      operation={job}
      store={store}
      onSubmit={async () => {
        if (job) await startHostJob(job)
      }}
    >
      <div className={classes['place']}>
        <TextInput
          label="File"
          readOnly
          value={file?.path ?? ''}
          placeholder="HDF5, NetCDF-4, .npy or .csv"
        />
        <Button variant="default" data-autofocus onClick={choose}>
          Choose…
        </Button>
      </div>
      {file && contents.status === 'error' && <ErrorNote error={contents.error} compact />}
      {contents.data?.kind === 'npy' && (
        <p
          className={classes['text']}
        >{`${contents.data.dtype}, shape ${formatShape(contents.data.shape)}`}</p>
      )}
      {contents.data?.kind === 'csv' && (
        <p className={classes['text']}>
          {`A table of ${contents.data.columns} columns; its first lines fit into ${contents.data.dtype}.`}
        </p>
      )}
      {contents.data?.kind === 'hdf5' && (
        <Select
          label="Inside the file"
          searchable
          allowDeselect={false}
          data={contents.data.nodes.map((node) => ({
            value: node.path,
            label: `${node.path}${node.kind === 'group' ? ' (group)' : ` ${node.dtype ?? ''} ${node.shape ? formatShape(node.shape) : ''}`}`,
            disabled: node.problem !== undefined,
          }))}
          value={inside}
          onChange={(value) => setInside(value ?? '/')}
        />
      )}
      <TextInput
        label="Name"
        description={`In /${path}`}
        value={name}
        onChange={(e) => setName(e.currentTarget.value)}
        spellCheck={false}
      />
      <LayoutFields value={text} onChange={setText} isArray={isArray} inPlace={false} />
    </StructureForm>
  )
}

/** A node, or a part of an array, as a file. */
export function ExportDialog({ store, path }: NodeDialogProps) {
  const node = useRequest('node.get', { store, path })
  const isArray = node.data?.kind === 'array'
  const [chosen, setFormat] = useState<'npy' | 'csv' | 'raw' | 'zip' | null>(null)
  const format = chosen ?? (isArray ? 'npy' : 'zip')
  const [selection, setSelection] = useState('')
  const [file, setFile] = useState<PickedFile | null>(null)
  const [overwrite, setOverwrite] = useState(false)
  const job: JobSpec | null = file && {
    kind: 'export',
    source: { store, path },
    ...(format === 'zip' || selection.trim() === '' ? {} : { selection: selection.trim() }),
    format,
    target: { ticket: file.ticket, path: file.path },
    overwrite,
  }
  return (
    <StructureForm
      submit="Export"
      disabled={!job || (file?.exists === true && !overwrite)}
      operation={job}
      store={store}
      onSubmit={async () => {
        if (job) await startHostJob(job)
      }}
    >
      <Select
        label="Format"
        allowDeselect={false}
        data={[
          ...(isArray
            ? [
                { value: 'npy', label: '.npy (NumPy)' },
                { value: 'csv', label: '.csv (at most two dimensions)' },
                { value: 'raw', label: 'raw little-endian bytes' },
              ]
            : []),
          { value: 'zip', label: 'a zipped Zarr store' },
        ]}
        value={format}
        onChange={(value) => {
          setFormat(value as 'npy' | 'csv' | 'raw' | 'zip')
          setFile(null)
        }}
      />
      {format !== 'zip' && (
        <TextInput
          className={classes['mono'] ?? ''}
          label="Selection"
          placeholder="everything; or 0:10, ::2"
          value={selection}
          onChange={(e) => setSelection(e.currentTarget.value)}
          spellCheck={false}
        />
      )}
      <div className={classes['place']}>
        <TextInput label="File" readOnly value={file?.path ?? ''} placeholder="Not chosen yet" />
        <Button
          variant="default"
          data-autofocus
          onClick={() =>
            void pick({
              kind: 'saveFile',
              extensions: [format],
              name: `${path.split('/').at(-1) || 'store'}.${format}`,
            }).then((picked) => picked && setFile(picked))
          }
        >
          Choose…
        </Button>
      </div>
      {file?.exists && (
        <Checkbox
          size="xs"
          label="Replace the file that is there"
          checked={overwrite}
          onChange={(e) => setOverwrite(e.currentTarget.checked)}
        />
      )}
    </StructureForm>
  )
}
