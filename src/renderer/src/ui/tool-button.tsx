import { ActionIcon, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  /** The accessible name. */
  label: string
  /** What the tooltip says; the name where there is no more to say. */
  hint?: string
  /** Of a button that stays pressed; undefined for others. */
  pressed?: boolean
  disabled?: boolean
  onClick: () => void
  /** The icon, 16 pixels. */
  children: ReactNode
}

/** A button of a toolbar: an icon, named in its tooltip. */
export function ToolButton({ label, hint = label, pressed, disabled = false, onClick, children }: Props) {
  return (
    <Tooltip label={hint}>
      <ActionIcon
        variant={pressed ? 'light' : 'default'}
        size={30}
        aria-label={label}
        aria-pressed={pressed}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
