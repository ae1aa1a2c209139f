import { useEffect } from 'react'
import { call, useConnection } from '../rpc/connection'
import { followStore } from '../state/edits'
import { reportProblem } from '../state/problems'
import { useSession } from '../state/session'
import { pollStores } from './poll-stores'

/** Follows the staged edits and the changes of every open store over the present connection. */
export function useStoreFollows(): void {
  const generation = useConnection((s) => s.generation)
  const ids = useSession((s) => s.stores.map(({ id }) => id).join(' '))
  useEffect(() => {
    if (generation === 0 || ids === '') return
    const stops = ids.split(' ').map(followStore)
    return () => stops.forEach((stop) => stop())
  }, [generation, ids])
  useEffect(() => {
    const check = (): void => {
      if (document.visibilityState !== 'visible' || useConnection.getState().status !== 'ready') return
      for (const { id } of useSession.getState().stores)
        call('store.check', { store: id }).catch((error: unknown) => reportProblem(error))
    }
    window.addEventListener('focus', check)
    return () => window.removeEventListener('focus', check)
  }, [])
  useEffect(pollStores, [])
}
