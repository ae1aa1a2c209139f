import { Button, Loader } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { reconnect, useConnection } from '../rpc/connection'
import { messageOf } from '../state/problems'
import classes from './app.module.css'

/** Says that the host is gone and offers to connect again; what is on screen stays. */
export function LostBanner() {
  const { status, error, generation } = useConnection()
  const retrying = status === 'connecting' && generation > 0
  if (status !== 'lost' && !retrying) return null
  return (
    <div className={classes['banner']} role="alert">
      <IconPlugConnectedX size={16} aria-hidden />
      <span className={classes['bannerText']}>
        {messageOf(error ?? 'Connecting again…')} What is shown may be out of date.
      </span>
      <Button
        size="compact-xs"
        variant="default"
        disabled={retrying}
        leftSection={retrying ? <Loader size={12} /> : undefined}
        onClick={() => void reconnect()}
      >
        Reconnect
      </Button>
    </div>
  )
}
