import { Button, Modal } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { Edit, EditPreview } from '@shared/model/edits'
import { useEffect, useState } from 'react'
import { call } from '../rpc/connection'
import { applyEdit } from '../state/edits'
import { messageOf, reportProblem } from '../state/problems'
import { DialogActions } from '../ui/dialog-actions'
import { formatBytes, formatCount } from '../ui/format'
import { ErrorNote, Loading } from '../ui/states'
import classes from './chunks.module.css'

/** A change of chunks that is asked about before it is staged. */
export interface ChunkEdit {
  title: string
  /** The button that does it. */
  verb: string
  edit: Edit
  /** What it means, in a sentence. */
  note: string
  danger?: boolean
}

/** Says in numbers what a change of chunks would do, and stages it when asked to. */
export function ChunkEditDialog({
  store,
  edit,
  onClose,
}: {
  store: string
  edit: ChunkEdit | null
  onClose: () => void
}) {
  const { preview, error } = usePreview(store, edit)
  const stage = (): void => {
    if (!edit) return
    onClose()
    applyEdit(store, edit.edit, { label: edit.title.replace(/\?$/, '') }).catch((thrown: unknown) => {
      reportProblem(thrown)
      notifications.show({ color: 'red', message: `Nothing was changed: ${messageOf(thrown)}` })
    })
  }
  const nothing = preview !== null && preview.chunksWritten + preview.chunksDeleted === 0
  return (
    <Modal opened={edit !== null} onClose={onClose} title={edit?.title ?? ''} size="md">
      <div className={classes['dialog']}>
        {error !== null ? (
          <ErrorNote error={error} compact />
        ) : preview ? (
          <p role="status">{inNumbers(preview)}</p>
        ) : (
          <Loading what="Working out what would change" />
        )}
        <p className={classes['quiet']}>{edit?.note} Nothing is written before you save; it can be undone.</p>
        <DialogActions cancelFocused onCancel={onClose}>
          <Button
            {...(edit?.danger ? { color: 'red' } : {})}
            disabled={!preview || nothing || preview.tooLarge}
            onClick={stage}
          >
            {edit?.verb}
          </Button>
        </DialogActions>
      </div>
    </Modal>
  )
}

function inNumbers({ chunksWritten, chunksDeleted, bytesDeleted, tooLarge }: EditPreview): string {
  if (tooLarge) return 'This is too large to be staged as one edit.'
  const parts: string[] = []
  if (chunksDeleted > 0) parts.push(`Deletes ${chunks(chunksDeleted)}, ${formatBytes(bytesDeleted)}.`)
  if (chunksWritten > 0) parts.push(`Writes ${chunks(chunksWritten)} anew.`)
  return parts.length > 0 ? parts.join(' ') : 'Nothing would change.'
}

const chunks = (n: number): string => (n === 1 ? '1 chunk' : `${formatCount(n)} chunks`)

function usePreview(store: string, edit: ChunkEdit | null): { preview: EditPreview | null; error: unknown } {
  const [found, setFound] = useState<{ of: ChunkEdit; preview: EditPreview | null; error: unknown } | null>(
    null,
  )
  useEffect(() => {
    if (!edit) return
    const abort = new AbortController()
    const tell = (preview: EditPreview | null, error: unknown): void => {
      if (!abort.signal.aborted) setFound({ of: edit, preview, error })
    }
    call('edits.preview', { store, edit: edit.edit }, { signal: abort.signal }).then(
      (preview) => tell(preview, null),
      (error: unknown) => tell(null, error),
    )
    return () => abort.abort()
  }, [store, edit])
  return found && found.of === edit ? found : { preview: null, error: null }
}
