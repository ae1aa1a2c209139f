import { useEffect } from 'react'
import { call, useConnection } from '../rpc/connection'
import { invalidate } from '../rpc/requests'
import { useRequest } from '../rpc/use-request'
import { reportProblem } from '../state/problems'
import { dismissError, openSample, openTicket, pickAndOpen, useSession } from '../state/session'
import { WelcomeView } from './welcome-view'

/** What the window shows before anything is open. */
export function WelcomeContainer() {
  const { status, host } = useConnection()
  const { opening, error } = useSession()
  const recent = useRequest('host.recent', host ? {} : null)
  const failure = recent.error
  useEffect(() => {
    if (failure) reportProblem(failure)
  }, [failure])
  return (
    <WelcomeView
      connected={status === 'ready'}
      connecting={status === 'connecting'}
      canDrop={host?.kind === 'electron'}
      opening={opening}
      error={error}
      onDismiss={dismissError}
      recent={recent.data ?? null}
      recentError={recent.status === 'error' ? { error: recent.error, retry: recent.retry } : null}
      onFolder={() => void pickAndOpen('folder')}
      onZip={() => void pickAndOpen('zip')}
      onSample={() => void openSample()}
      onRecent={(store) => void openTicket(store.ticket, store.name)}
      onForget={(store) => {
        call('host.forgetRecent', { ticket: store.ticket }).then(() => invalidate(), reportProblem)
      }}
    />
  )
}
