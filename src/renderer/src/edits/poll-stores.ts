import { call, useConnection } from '../rpc/connection'
import { useSession } from '../state/session'

const EVERY_MS = 7000

/**
 * Asks every few seconds whether another program changed what is shown, where the system does not tell of it; not while
 * nobody looks, nor before the last answer came. Gives what ends it.
 */
export function pollStores(): () => void {
  let isAsking = false
  const ask = async (): Promise<void> => {
    const { stores } = useSession.getState()
    await Promise.all(stores.map(({ id }) => call('store.poll', { store: id })))
  }
  const timer = setInterval(() => {
    if (isAsking || document.visibilityState !== 'visible') return
    if (useConnection.getState().status !== 'ready') return
    isAsking = true
    // A disk that fails tells so where something is read of it, and a store that was closed meanwhile is no fault.
    ask().then(
      () => (isAsking = false),
      () => (isAsking = false),
    )
  }, EVERY_MS)
  return () => clearInterval(timer)
}
