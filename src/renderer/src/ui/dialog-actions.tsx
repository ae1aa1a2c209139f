import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './ui.module.css'

interface Props {
  onCancel: () => void
  /** Where a dialog asks before something happens, Enter alone does nothing. */
  cancelFocused?: boolean
  /** The button that does what the dialog is for. */
  children: ReactNode
}

/** The foot of a dialog: Cancel, and what the dialog is for. */
export function DialogActions({ onCancel, cancelFocused = false, children }: Props) {
  return (
    <div className={classes['dialogActions']}>
      <Button variant="default" data-autofocus={cancelFocused || undefined} onClick={onCancel}>
        Cancel
      </Button>
      {children}
    </div>
  )
}
