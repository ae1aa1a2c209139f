import { ActionIcon } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { dismissError, useSession } from '../state/session'
import { ErrorNote } from '../ui/states'
import classes from './app.module.css'

/** A store that could not be opened while others are: Welcome, which says it otherwise, is not on screen. */
export function OpenError() {
  const error = useSession((s) => (s.stores.length > 0 ? s.error : null))
  if (!error) return null
  return (
    <div className={classes['openError']}>
      <ErrorNote error={error.thrown} onRetry={error.retry} compact>
        <ActionIcon size="xs" color="gray" aria-label="Dismiss" title="Dismiss" onClick={dismissError}>
          <IconX size={12} />
        </ActionIcon>
      </ErrorNote>
    </div>
  )
}
