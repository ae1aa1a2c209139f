import { Button, Modal, TextInput } from '@mantine/core'
import type { DataType, ItemValue } from '@shared/dtype/data-type'
import { concatBytes } from '@shared/dtype/concat-bytes'
import { dataType } from '@shared/dtype/registry'
import { ValueError } from '@shared/errors'
import { type SyntheticEvent, useState } from 'react'
import { DialogActions } from '../ui/dialog-actions'
import { inputText, parseInput } from './cell-input'
import classes from './editor.module.css'

interface Props {
  title: string
  dtype: DataType
  value: Record<string, ItemValue>
  onCommit: (bytes: Uint8Array) => void
  onClose: () => void
}

/** The fields of one record, each with a place of its own; records inside of it as (1, 2.5) or JSON. */
export function RecordEditor({ title, dtype, value, onCommit, onClose }: Props) {
  const fields = dtype.spec.kind === 'struct' ? dtype.spec.fields : []
  const types = fields.map(({ name, type }) => ({ name, type: dataType(type) }))
  const [texts, setTexts] = useState(() =>
    types.map(({ name, type }) => inputText(type, value[name] ?? null)),
  )
  const parsed = types.map(({ type }, i) => parseOr(type, texts[i] ?? ''))
  const bytes = parsed.filter((one) => typeof one !== 'string')
  const isValid = bytes.length === parsed.length
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!isValid) return
    onCommit(concatBytes(bytes))
    onClose()
  }
  return (
    <Modal opened onClose={onClose} title={title} size="sm" centered>
      <form onSubmit={submit}>
        <div className={classes['fields']}>
          {types.map(({ name, type }, i) => {
            const result = parsed[i]
            return (
              <TextInput
                key={name}
                label={name}
                description={type.name}
                data-autofocus={i === 0 || undefined}
                value={texts[i] ?? ''}
                error={typeof result === 'string' ? result : undefined}
                classNames={{ input: classes['mono'] ?? '' }}
                onChange={(event) => setTexts(texts.with(i, event.currentTarget.value))}
              />
            )
          })}
        </div>
        <DialogActions onCancel={onClose}>
          <Button type="submit" disabled={!isValid}>
            Apply
          </Button>
        </DialogActions>
      </form>
    </Modal>
  )
}

function parseOr(type: DataType, text: string): Uint8Array | string {
  try {
    return parseInput(type, text)
  } catch (error) {
    if (error instanceof ValueError) return error.message
    throw error
  }
}
