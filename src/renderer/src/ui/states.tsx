import { Button, Loader } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { messageOf } from '../state/problems'
import classes from './ui.module.css'

/** A place that waits: stays blank for the first 100 ms, then shows what is awaited and, if it may take long, Cancel. */
export function Loading({ what, onCancel }: { what: string; onCancel?: () => void }) {
  return (
    <div className={classes['loading']} role="status">
      <Loader size={14} />
      <span>{what}…</span>
      {onCancel && (
        <Button size="compact-xs" variant="default" onClick={onCancel}>
          Cancel
        </Button>
      )}
    </div>
  )
}

/** A place with nothing in it, in words, with what to do about it. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className={classes['empty']}>
      <div className={classes['emptyTitle']}>{title}</div>
      {children}
    </div>
  )
}

/** A failure in its place: one sentence and, where it helps, Retry. */
export function ErrorNote({
  error,
  onRetry,
  compact = false,
  children,
}: {
  error: unknown
  onRetry?: () => void
  compact?: boolean
  children?: ReactNode
}) {
  return (
    <div className={classes['error']} role="alert" data-compact={compact || undefined}>
      <IconAlertTriangle size={compact ? 14 : 16} className={classes['errorIcon']} aria-hidden />
      <span className={classes['errorText']}>{messageOf(error)}</span>
      {onRetry && (
        <Button size="compact-xs" variant="default" leftSection={<IconRefresh size={12} />} onClick={onRetry}>
          Retry
        </Button>
      )}
      {children}
    </div>
  )
}

/** A view that has nothing but the reason to show. */
export function Unreadable({ reason }: { reason: string | null | undefined }) {
  return (
    <div className={classes['alone']}>
      <ErrorNote error={reason ?? 'The data of this array cannot be read.'} />
    </div>
  )
}

/** What was stopped on request can be started again. */
export function Cancelled({ what, onRetry }: { what: string; onRetry: () => void }) {
  return (
    <div className={classes['cancelled']} role="status">
      <span>{what} was cancelled.</span>
      <Button size="compact-xs" variant="default" onClick={onRetry}>
        Start again
      </Button>
    </div>
  )
}

/** Something worth knowing that is no failure. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <div className={classes['notice']} role="note">
      <IconAlertTriangle size={16} className={classes['noticeIcon']} aria-hidden />
      <span className={classes['errorText']}>{children}</span>
    </div>
  )
}
