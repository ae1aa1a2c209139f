import type { AttributeChange } from '@shared/model/edits'
import type { JsonValue } from '@shared/json/value'
import { useMemo, useState } from 'react'
import type { DialogSubject } from './attribute-dialog'
import { inList, type RowEditing } from './row-actions'
import type { AttributeRow } from './rows'

/** A field that is open in the table. */
export interface OpenField {
  path: string
  what: 'value' | 'name'
}

interface Stagers {
  stage: (changes: AttributeChange[]) => Promise<boolean>
  stageCarefully: (change: AttributeChange) => void
}

/** The dialog together with what becomes of its answer. */
interface OpenDialog extends DialogSubject {
  changeOf: (name: string | null, json: string) => AttributeChange
}

/** Turns what a person does with rows into changes; at most one field or dialog is open. */
export function useRowEditing(root: JsonValue, { stage, stageCarefully }: Stagers) {
  const [field, setField] = useState<OpenField | null>(null)
  const [dialog, setDialog] = useState<OpenDialog | null>(null)

  const editing = useMemo((): RowEditing => {
    const retype = (row: AttributeRow): void =>
      setDialog({
        title: `Value of ${row.key}`,
        name: row.key,
        named: !inList(row),
        taken: [],
        top: row.depth === 0,
        value: row.value,
        changeOf: (_name, json) => ({ op: 'set', path: row.steps, json }),
      })
    return {
      editValue: (row) => {
        if (row.count === null && row.type !== 'null') setField({ path: row.path, what: 'value' })
        else retype(row)
      },
      changeType: retype,
      rename: (row) => setField({ path: row.path, what: 'name' }),
      addInside: (row) => setDialog(adding(row.steps, row.value)),
      addAfter: (row) =>
        setDialog({
          ...adding(row.steps.slice(0, -1), []),
          changeOf: (_name, json) => ({
            op: 'insert',
            path: [...row.steps.slice(0, -1), row.index + 1],
            json,
          }),
        }),
      move: (row, by) => {
        const to = row.index + by
        if (to >= 0 && to < row.siblings) void stage([{ op: 'move', path: row.steps, to }])
      },
      remove: (row) => stageCarefully({ op: 'delete', path: row.steps }),
    }
  }, [stage, stageCarefully])

  return {
    editing,
    field,
    closeField: () => setField(null),
    dialog,
    closeDialog: () => setDialog(null),
    add: () => setDialog(adding([], root)),
  }
}

/** A new member of the container at a path: at its end. */
function adding(path: (string | number)[], container: JsonValue): OpenDialog {
  const named = container instanceof Map
  const length = Array.isArray(container) ? container.length : 0
  return {
    title: path.length === 0 ? 'New attribute' : `New ${named ? 'member' : 'item'} of ${path.join(' / ')}`,
    name: null,
    named,
    taken: named ? [...container.keys()] : [],
    top: path.length === 0,
    value: '',
    changeOf: (name, json) => ({ op: 'insert', path: [...path, named ? (name ?? '') : length], json }),
  }
}
