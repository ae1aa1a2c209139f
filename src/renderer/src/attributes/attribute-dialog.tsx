import { Button, Modal, Select, Textarea, TextInput } from '@mantine/core'
import type { JsonValue } from '@shared/json/value'
import { type SubmitEvent, useState } from 'react'
import { DialogActions } from '../ui/dialog-actions'
import { printable } from '../ui/format'
import classes from './attributes.module.css'
import { meaningOf } from './reserved'
import { type AttributeType, typeOf } from './rows'
import { editableText, TYPES, typedValue } from './value-text'

/** What the dialog is open for. */
export interface DialogSubject {
  title: string
  /** Fixed where an existing value is edited; null asks for one. */
  name: string | null
  /** In a list there are no names. */
  named: boolean
  /** Names that are taken. */
  taken: readonly string[]
  /** At the top of the document, where conventions have their names. */
  top: boolean
  value: JsonValue
}

/** Name, type and value of an attribute, checked as they are typed. */
export function AttributeDialog({
  subject,
  onClose,
  onStage,
}: {
  subject: DialogSubject | null
  onClose: () => void
  onStage: (name: string | null, json: string) => void
}) {
  return (
    <Modal opened={subject !== null} onClose={onClose} title={subject?.title} size="md">
      {subject && <Form subject={subject} onClose={onClose} onStage={onStage} />}
    </Modal>
  )
}

function Form({
  subject,
  onClose,
  onStage,
}: {
  subject: DialogSubject
  onClose: () => void
  onStage: (name: string | null, json: string) => void
}) {
  const { named, taken, top, value } = subject
  const [name, setName] = useState(subject.name ?? '')
  const [type, setType] = useState<AttributeType>(typeOf(value))
  const [text, setText] = useState(editableText(value, typeOf(value)))
  const asksName = named && subject.name === null
  const nameError = asksName ? nameProblem(name, taken) : null
  const typed = typedValue(text, type)
  const meaning = top && named ? meaningOf(name) : undefined
  const ready = nameError === null && 'json' in typed

  function onSubmit(e: SubmitEvent): void {
    e.preventDefault()
    if (ready) onStage(named ? name : null, typed.json)
  }
  function onType(next: string | null): void {
    if (next === null) return
    const to = next as AttributeType
    // What was typed is carried over; what was not touched is the stored value in another type.
    const untouched = type === typeOf(value) && text === editableText(value, type)
    setType(to)
    setText(editableText(untouched ? value : text, to))
  }

  return (
    <form className={classes['form']} onSubmit={onSubmit}>
      {asksName && (
        <TextInput
          label="Name"
          value={name}
          data-autofocus
          error={name === '' ? undefined : nameError}
          onChange={(e) => setName(e.currentTarget.value)}
        />
      )}
      {meaning !== undefined && <p className={classes['meaning']}>{printable(meaning)}</p>}
      <Select
        label="Type"
        value={type}
        data={[...TYPES]}
        allowDeselect={false}
        onChange={onType}
        comboboxProps={{ withinPortal: true }}
      />
      {type !== 'null' &&
        (type === 'bool' ? (
          <Select
            label="Value"
            value={text.trim()}
            data={['true', 'false']}
            allowDeselect={false}
            onChange={(next) => setText(next ?? 'false')}
          />
        ) : (
          <Textarea
            label="Value"
            value={text}
            autosize
            minRows={type === 'list' || type === 'object' ? 5 : 1}
            maxRows={16}
            data-autofocus={!asksName || undefined}
            error={'error' in typed ? typed.error : undefined}
            description={'warning' in typed ? typed.warning : undefined}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            classNames={{ input: classes['code'] ?? '' }}
            onChange={(e) => setText(e.currentTarget.value)}
          />
        ))}
      <DialogActions onCancel={onClose}>
        <Button type="submit" disabled={!ready}>
          Stage
        </Button>
      </DialogActions>
    </form>
  )
}

/** Why an attribute cannot have this name, in one sentence; null where it can. */
export function nameProblem(name: string, taken: readonly string[]): string | null {
  if (name === '') return 'An attribute needs a name.'
  return taken.includes(name) ? `"${name}" exists already.` : null
}
