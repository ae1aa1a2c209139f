import { Button, Checkbox, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core'
import type { PickedFile } from '@shared/model/host'
import type { CopyTarget, JobSpec } from '@shared/model/jobs'
import { useState } from 'react'
import { useRequest } from '../rpc/use-request'
import type { CopyDialog as CopyRequest } from '../state/dialogs'
import { startHostJob } from '../state/host-jobs'
import { pick, type PickRequest } from '../state/pick'
import { useSession } from '../state/session'
import { formatBytes, formatCount } from '../ui/format'
import { layoutChange, LayoutFields, layoutText } from './layout-fields'
import { joinPath, parseLengths } from './layout-text'
import { StructureForm } from './structure-form'
import classes from './structure.module.css'

type Place = 'store' | 'folder' | 'zip'

/** Copies a node to another place or layout, or gives it the layout in its place. */
export function CopyDialog({ store, path, layout = {}, inPlace: initially = false }: CopyRequest) {
  const node = useRequest('node.get', { store, path })
  const { array } = node.data ?? {}
  const stores = useSession((s) => s.stores)
  const [inPlace, setInPlace] = useState(initially)
  const [text, setText] = useState(() => layoutText(layout))
  const [place, setPlace] = useState<Place>(path === '' ? 'folder' : 'store')
  const [targetStore, setTargetStore] = useState(store)
  const [targetPath, setTargetPath] = useState(path === '' ? 'copy' : `${path}_copy`)
  const [file, setFile] = useState<PickedFile | null>(null)
  const [options, setOptions] = useState({ overwrite: false, verify: true, resume: false, unsafe: false })
  const [minMegabytes, setMinMegabytes] = useState(0)
  const change = layoutChange(text)
  const isEmpty = change !== null && Object.keys(change).length === 0

  const target: CopyTarget | null =
    place === 'store'
      ? { store: targetStore, path: joinPath('', targetPath) }
      : file && { file: { ticket: file.ticket, path: file.path }, path: '' }
  const job: JobSpec | null =
    change === null
      ? null
      : inPlace
        ? isEmpty
          ? null
          : {
              kind: 'rewrite',
              source: { store, path },
              layout: change,
              ...(array ? {} : { only: { minBytes: Math.round(minMegabytes * 2 ** 20) } }),
            }
        : target && { kind: 'copy', source: { store, path }, target, layout: change, ...options }

  function choose(): void {
    const name = `${path.split('/').at(-1) || 'copy'}.${place === 'zip' ? 'zarr.zip' : 'zarr'}`
    const asked: PickRequest =
      place === 'zip' ? { kind: 'saveFile', extensions: ['zip', 'ozx'], name } : { kind: 'saveFolder', name }
    void pick(asked).then((picked) => picked && setFile(picked))
  }
  const check = (name: keyof typeof options, label: string) => (
    <Checkbox
      size="xs"
      label={label}
      checked={options[name]}
      onChange={(e) => setOptions({ ...options, [name]: e.currentTarget.checked })}
    />
  )
  return (
    <StructureForm
      submit={inPlace ? 'Rewrite in place' : 'Copy'}
      disabled={!job}
      operation={job}
      store={store}
      onSubmit={async () => {
        if (job) await startHostJob(job)
      }}
    >
      <SegmentedControl
        size="xs"
        aria-label="What to do"
        value={inPlace ? 'inPlace' : 'copy'}
        onChange={(value) => setInPlace(value === 'inPlace')}
        data={[
          { value: 'copy', label: 'Copy to another place' },
          { value: 'inPlace', label: 'Store differently in place' },
        ]}
      />
      {!inPlace && (
        <>
          <SegmentedControl
            size="xs"
            aria-label="Destination"
            value={place}
            onChange={(value) => {
              setPlace(value)
              setFile(null)
            }}
            data={[
              { value: 'store', label: 'An open store' },
              { value: 'folder', label: 'A new store' },
              { value: 'zip', label: 'A zip file' },
            ]}
          />
          {place === 'store' ? (
            <div className={classes['fields']}>
              <Select
                label="Store"
                allowDeselect={false}
                data={stores.map(({ id, name }) => ({ value: id, label: name }))}
                value={targetStore}
                onChange={(value) => setTargetStore(value ?? store)}
              />
              <TextInput
                label="Path of the copy"
                data-autofocus
                value={targetPath}
                onChange={(e) => setTargetPath(e.currentTarget.value)}
                spellCheck={false}
              />
            </div>
          ) : (
            <div className={classes['place']}>
              <TextInput label="Destination" readOnly value={file?.path ?? ''} placeholder="Not chosen yet" />
              <Button variant="default" onClick={choose}>
                Choose…
              </Button>
            </div>
          )}
        </>
      )}
      <LayoutFields
        value={text}
        onChange={setText}
        isArray={array !== undefined}
        inPlace={inPlace}
        present={array && { chunks: array.chunks, shards: array.shards, dtype: array.dtypeName }}
      />
      {inPlace ? (
        <>
          {!array && (
            <NumberInput
              label="Only arrays of at least (MiB)"
              min={0}
              value={minMegabytes}
              onChange={(value) => setMinMegabytes(Number(value) || 0)}
            />
          )}
          <p className={classes['text']}>
            Written beside, read back and compared, then exchanged. Until then the old one stays as it is.
            {!array && ' Arrays that cannot be stored so are kept; the result says which, and why.'}
          </p>
        </>
      ) : (
        <>
          {check('verify', 'Verify: read the copy back and compare')}
          {check('overwrite', 'Replace what is there')}
          {check('resume', 'Resumable: keep what was copied if it is cut off, and go on from there')}
          {text.dtype !== '' && check('unsafe', 'Cast values that do not fit, as NumPy would')}
        </>
      )}
      {array && (
        <Estimate
          shape={array.shape}
          nbytes={array.nbytes}
          chunks={text.chunks}
          shards={text.shards}
          present={array}
        />
      )}
    </StructureForm>
  )
}

/** Chunks and files that the copy would have, by arithmetic. */
function Estimate(props: {
  shape: number[]
  nbytes: number
  chunks: string
  shards: string
  present: { chunks: number[]; shards: number[] | null }
}) {
  const { shape, nbytes, present } = props
  const lengths = (text: string): (number | null)[] | null => {
    const parsed = parseLengths(text, { none: true })
    return 'value' in parsed && parsed.value.length > 0 ? parsed.value : null
  }
  const chunks = lengths(props.chunks) ?? present.chunks
  const shards =
    props.shards.trim() === 'none'
      ? null
      : (lengths(props.shards) ?? (props.chunks === '' ? present.shards : null))
  const count = (list: readonly (number | null)[]): number =>
    shape.reduce((n, length, k) => n * Math.ceil(length / Math.max(1, list[k] ?? length)), 1)
  const nchunks = count(chunks)
  return (
    <p className={classes['text']}>
      {`${formatBytes(nbytes)} in ${formatCount(nchunks)} chunks of about ${formatBytes(Math.round(nbytes / Math.max(1, nchunks)))} before compression; at most ${formatCount(count(shards ?? chunks))} chunk files.`}
    </p>
  )
}
