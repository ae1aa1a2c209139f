import { Button, Modal, NativeSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { ExpressionError } from '@shared/errors'
import type { DataTypeSpec } from '@shared/dtype/spec'
import type { Edit, EditPreview, Fill } from '@shared/model/edits'
import type { DimSlice } from '@shared/selection/selection'
import { type SyntheticEvent, useState } from 'react'
import { useRequest } from '../rpc/use-request'
import { DialogActions } from '../ui/dialog-actions'
import { formatBytes, formatCount, printable, shorten } from '../ui/format'
import { ErrorNote } from '../ui/states'
import classes from './editor.module.css'
import { FillFields } from './fill-fields'
import { EMPTY_FILL, FILL_NAMES, type FillKind, fillKinds, fillOf } from './fill-form'

interface Props {
  store: string
  path: string
  /** The region, as a selection, and in words. */
  dims: DimSlice[]
  region: string
  /** Of what is filled: the array's, or that of the field. */
  dtype: DataTypeSpec
  field: string | undefined
  dimensionNames: readonly (string | null)[] | null
  onFill: (edit: Edit) => void
  onClose: () => void
}

/** Asks how a region is to be filled; shows the first values and what it would cost before anything is staged. */
export function FillDialog(props: Props) {
  const { store, path, dims, region, dtype, field, onFill, onClose } = props
  const kinds = fillKinds(dtype)
  const [kind, setKind] = useState<FillKind>('constant')
  const [texts, setTexts] = useState(EMPTY_FILL)
  const fill = fillOf(kind, texts)
  const edit: Edit | null =
    typeof fill === 'string'
      ? null
      : { kind: 'fill', path, dims, fill, ...(field === undefined ? {} : { field }) }
  const [rested] = useDebouncedValue(edit === null ? null : JSON.stringify(edit), 200)
  const isRested = edit !== null && rested === JSON.stringify(edit)
  const isEmpty = kind === 'constant' && texts.constant === '' && !/text/.test(dtype.kind)
  const preview = useRequest(
    'edits.preview',
    rested === null || isEmpty ? null : { store, edit: JSON.parse(rested) as Edit },
  )
  const error = isEmpty
    ? null
    : typeof fill === 'string'
      ? null
      : preview.status === 'error'
        ? preview.error
        : null
  const canFill =
    edit !== null && !isEmpty && isRested && preview.status === 'done' && !preview.data?.tooLarge
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (canFill) onFill(edit)
  }
  return (
    <Modal opened onClose={onClose} title={`Fill ${region}`} size="md" centered>
      <form onSubmit={submit}>
        <div className={classes['fields']}>
          <NativeSelect
            size="xs"
            label="With"
            data-autofocus
            value={kind}
            data={kinds.map((one) => ({ value: one, label: FILL_NAMES[one] }))}
            onChange={(event) => setKind(event.currentTarget.value as FillKind)}
          />
          <FillFields
            kind={kind}
            texts={texts}
            onChange={setTexts}
            dimensionNames={props.dimensionNames}
            rank={dims.length}
          />
        </div>
        <div className={classes['preview']} aria-live="polite">
          {error !== null ? (
            <ErrorNote error={pointed(error, kind, fill)} compact />
          ) : typeof fill === 'string' ? (
            fill
          ) : (
            preview.data && !isEmpty && <PreviewLines preview={preview.data} />
          )}
        </div>
        <DialogActions onCancel={onClose}>
          <Button type="submit" disabled={!canFill}>
            Fill
          </Button>
        </DialogActions>
      </form>
    </Modal>
  )
}

/** First values and costs of an edit that is not staged yet. */
function PreviewLines({ preview }: { preview: EditPreview }) {
  const { cells, chunksWritten, chunksDeleted, bytesDeleted, tooLarge, first } = preview
  if (tooLarge)
    return <ErrorNote error="This is too large to be staged and undone; take a smaller region." compact />
  const chunks = (n: number): string => (n === 1 ? '1 chunk' : `${formatCount(n)} chunks`)
  return (
    <>
      {first && first.length > 0 && (
        <div className={classes['first']}>
          {first.map((text) => printable(shorten(text, 40))).join(', ')}
          {cells > first.length && ', …'}
        </div>
      )}
      <div>
        {cells === 1 ? '1 cell' : `${formatCount(cells)} cells`}, {chunks(chunksWritten)} rewritten
        {chunksDeleted > 0 && `, ${chunks(chunksDeleted)} (${formatBytes(bytesDeleted)}) dropped`}.
      </div>
    </>
  )
}

/** A mistake in an expression with the character it is at. */
function pointed(error: unknown, kind: FillKind, fill: Fill | string): unknown {
  const isPlaced = error instanceof ExpressionError && error.position !== undefined
  if (!isPlaced || kind !== 'expression' || typeof fill === 'string') return error
  return `Character ${error.position + 1}: ${error.message}`
}
