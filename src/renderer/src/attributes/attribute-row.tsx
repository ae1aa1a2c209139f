import { ActionIcon } from '@mantine/core'
import { IconChevronRight, IconExternalLink } from '@tabler/icons-react'
import { useDialogs } from '../state/dialogs'
import { CopyButton } from '../ui/copy-button'
import { formatCount, printable, shorten } from '../ui/format'
import { nameProblem } from './attribute-dialog'
import classes from './attributes.module.css'
import { InlineEditor } from './inline-editor'
import { RowActions, type RowEditing } from './row-actions'
import { type AttributeRow, linkIn, preview, reservedMeaning, valueText } from './rows'
import { typedValue } from './value-text'

const LONGEST = 600

/** How a row is edited; absent where the store cannot be. */
export interface RowEditor {
  editing: RowEditing
  /** What is open in this row, if anything. */
  field: 'value' | 'name' | null
  /** Names of its siblings. */
  taken: () => readonly string[]
  onValue: (json: string) => void
  onName: (name: string) => void
  onGiveUp: () => void
}

export function AttributeRowView({
  row,
  index,
  top,
  height,
  focusable,
  open,
  editor,
  onToggle,
  onFocus,
}: {
  row: AttributeRow
  index: number
  top: number
  height: number
  focusable: boolean
  open: boolean
  editor: RowEditor | null
  onToggle: (path: string) => void
  onFocus: () => void
}) {
  const hint = reservedMeaning(row)
  const isContainer = row.count !== null
  return (
    <div
      className={classes['row']}
      role="row"
      data-row={index}
      style={{ top, height }}
      tabIndex={focusable ? 0 : -1}
      aria-rowindex={index + 2}
      aria-level={row.depth + 1}
      aria-expanded={isContainer ? open : undefined}
      onFocus={onFocus}
    >
      <span
        role="gridcell"
        className={classes['key']}
        style={{ paddingLeft: 4 + row.depth * 16 }}
        title={hint}
      >
        <span
          className={classes['chevron']}
          data-open={open || undefined}
          onClick={() => {
            if (isContainer) onToggle(row.path)
          }}
        >
          {isContainer && <IconChevronRight size={14} aria-hidden />}
        </span>
        {editor?.field === 'name' ? (
          <InlineEditor
            label={`Name of ${printable(row.key)}`}
            start={row.key}
            check={(name) => {
              const error = name === row.key ? null : nameProblem(name, editor.taken())
              return error === null ? null : { error }
            }}
            onTake={editor.onName}
            onGiveUp={editor.onGiveUp}
          />
        ) : (
          <span className={classes['keyText']}>{printable(row.key)}</span>
        )}
        {hint !== undefined && <span className={classes['hint']}>{hint.split(':')[0]}</span>}
      </span>
      <span role="gridcell" className={classes['type']}>
        {row.type}
        {row.count !== null && ` (${formatCount(row.count)})`}
      </span>
      <ValueCell row={row} editor={editor} />
      <Actions row={row} editing={editor?.editing ?? null} />
    </div>
  )
}

function ValueCell({ row, editor }: { row: AttributeRow; editor: RowEditor | null }) {
  const text = row.count === null ? valueText(row.value) : preview(row.value)
  if (editor?.field === 'value')
    return (
      <span role="gridcell" className={classes['value']}>
        <InlineEditor
          label={`Value of ${printable(row.key)}`}
          start={text}
          check={(typed) => {
            const found = typedValue(typed, row.type)
            return 'error' in found || found.warning !== undefined ? found : null
          }}
          onTake={(typed) => {
            const found = typedValue(typed, row.type)
            if ('json' in found) editor.onValue(found.json)
          }}
          onGiveUp={editor.onGiveUp}
        />
      </span>
    )
  return (
    <span
      role="gridcell"
      className={classes['value']}
      data-type={row.type}
      title={text.length > 60 ? printable(shorten(text, LONGEST)) : undefined}
      onDoubleClick={() => editor?.editing.editValue(row)}
    >
      {printable(shorten(text, LONGEST))}
    </span>
  )
}

function Actions({ row, editing }: { row: AttributeRow; editing: RowEditing | null }) {
  const link = linkIn(row.value)
  return (
    <span role="gridcell" className={classes['actions']}>
      {link !== null && (
        <ActionIcon
          size="sm"
          color="gray"
          aria-label="Open link…"
          title="Open link…"
          onClick={() => useDialogs.setState({ link })}
        >
          <IconExternalLink size={14} />
        </ActionIcon>
      )}
      <CopyButton text={() => valueText(row.value)} label="Copy value" />
      <CopyButton text={row.path} label="Copy path" />
      {editing && <RowActions row={row} editing={editing} />}
    </span>
  )
}
