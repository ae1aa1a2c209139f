import { ActionIcon, Button, Loader } from '@mantine/core'
import type { EditsState } from '@shared/model/edits'
import { IconAlertTriangle, IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react'
import { keysOf } from '../app/commands'
import { printKeys } from '../app/keys'
import { isMac } from '../app/use-hotkeys'
import { formatBytes, formatCount } from '../ui/format'
import classes from './edits.module.css'

/** The left end of the status bar; without edits and without anything to undo it takes no room. */
export function EditsBarView(props: {
  state: EditsState
  onReview: () => void
  onSave: () => void
  onDiscard: () => void
  onUndo: () => void
  onRedo: () => void
}) {
  const { edits, conflicts, undo, redo, saving, frozen, bytes } = props.state
  const count = edits.length
  return (
    <div className={classes['edits']}>
      <span
        role="status"
        aria-label="Staged edits"
        className={classes['count']}
        data-some={count > 0 || undefined}
      >
        {count > 0 && (
          <>
            <span className={classes['dot']} aria-hidden />
            {formatCount(count)} staged {count === 1 ? 'edit' : 'edits'}
          </>
        )}
      </span>
      {conflicts.length > 0 && (
        <Button
          size="compact-xs"
          variant="subtle"
          color="red"
          leftSection={<IconAlertTriangle size={12} aria-hidden />}
          onClick={props.onReview}
        >
          {formatCount(conflicts.length)} {conflicts.length === 1 ? 'conflict' : 'conflicts'}
        </Button>
      )}
      {(undo !== null || redo !== null) && (
        <>
          <ActionIcon
            size={18}
            color="gray"
            aria-label="Undo"
            title={withKeys(undo === null ? 'Nothing to undo' : `Undo: ${undo}`, 'edit.undo')}
            disabled={undo === null || saving}
            onClick={props.onUndo}
          >
            <IconArrowBackUp size={14} />
          </ActionIcon>
          <ActionIcon
            size={18}
            color="gray"
            aria-label="Redo"
            title={withKeys(redo === null ? 'Nothing to redo' : `Redo: ${redo}`, 'edit.redo')}
            disabled={redo === null || saving}
            onClick={props.onRedo}
          >
            <IconArrowForwardUp size={14} />
          </ActionIcon>
        </>
      )}
      {count > 0 && (
        <>
          <Button size="compact-xs" variant="subtle" onClick={props.onReview}>
            Review
          </Button>
          <Button
            size="compact-xs"
            disabled={saving || frozen !== null}
            leftSection={saving ? <Loader size={10} color="currentColor" /> : undefined}
            title={frozen ?? withKeys(`Writes ${formatBytes(bytes)}`, 'file.save')}
            onClick={props.onSave}
          >
            Save
          </Button>
          <Button
            className={classes['discard'] ?? ''}
            size="compact-xs"
            variant="subtle"
            color="gray"
            disabled={saving}
            onClick={props.onDiscard}
          >
            Discard
          </Button>
        </>
      )}
    </div>
  )
}

const withKeys = (text: string, command: 'edit.undo' | 'edit.redo' | 'file.save'): string =>
  `${text} (${printKeys(keysOf(command) ?? '', isMac)})`
