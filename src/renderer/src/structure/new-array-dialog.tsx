import type { Edit } from '@shared/model/edits'
import { useDeferredValue, useState } from 'react'
import { useRequest } from '../rpc/use-request'
import { applyEdit } from '../state/edits'
import { openTab } from '../state/tabs'
import { ArrayFields } from './array-fields'
import { arrayOptions, type ArrayText, DEFAULT_COMPRESSOR, NEW_ARRAY } from './array-form'
import { ArrayPreviewView } from './array-preview'
import { joinPath } from './layout-text'
import type { NodeDialogProps } from './node-dialogs'
import { StructureForm } from './structure-form'
import classes from './structure.module.css'

/** A new array below a group, with its metadata document as it will be written. */
export function NewArrayDialog({ store, path }: NodeDialogProps) {
  const parent = useRequest('node.get', { store, path })
  const format = parent.data?.zarrFormat === 2 ? '2' : '3'
  const [typed, setTyped] = useState<ArrayText | null>(null)
  const text = typed ?? { ...NEW_ARRAY, zarrFormat: format, compressor: DEFAULT_COMPRESSOR[format] }
  const settled = useDeferredValue(text)
  const parsed = arrayOptions(settled)
  const at = joinPath(path, settled.name)
  const preview = useRequest(
    'node.previewArray',
    'options' in parsed ? { store, path: at, options: parsed.options } : null,
  )
  const shown = preview.data
  const error = 'field' in parsed ? parsed : shown && 'error' in shown ? shown.error : null
  // Nobody has done anything wrong before a name is typed.
  const isUnnamed = settled.name.trim() === ''
  const edit: Edit | null =
    'options' in parsed && !error && !isUnnamed
      ? { kind: 'createArray', path: at, options: parsed.options }
      : null
  return (
    <StructureForm
      submit="Create array"
      disabled={!edit || preview.status === 'loading' || settled !== text}
      operation={edit}
      store={store}
      onSubmit={async () => {
        if (!edit) return
        await applyEdit(store, edit, { label: `Create array /${at}` })
        openTab(store, at)
      }}
    >
      <div className={classes['columns']}>
        <ArrayFields
          value={text}
          onChange={setTyped}
          error={isUnnamed && error?.field === 'name' ? null : error}
          named
          formats={['3', '2']}
        />
        {isUnnamed && error?.field === 'name' ? (
          <p className={classes['text']}>Type a name to see the document.</p>
        ) : (
          <ArrayPreviewView preview={'field' in parsed ? { error: parsed } : shown} />
        )}
      </div>
    </StructureForm>
  )
}
