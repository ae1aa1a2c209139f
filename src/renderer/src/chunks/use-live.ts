import { useEffect } from 'react'
import { call, useConnection } from '../rpc/connection'
import { invalidate } from '../rpc/requests'

/** Reads everything about an array again whenever somebody writes its chunks, as long as the window can be seen. */
export function useLive(store: string, path: string): void {
  const generation = useConnection((s) => s.generation)
  useEffect(() => {
    let abort: AbortController | null = null
    let hidden = false
    const look = (): void => {
      if (document.visibilityState !== 'visible') {
        abort?.abort()
        abort = null
        hidden = true
        return
      }
      if (abort) return
      // What happened meanwhile was not seen.
      if (hidden) invalidate(store, [path])
      abort = new AbortController()
      const { signal } = abort
      call('array.follow', { store, path }, { signal, onProgress: () => invalidate(store, [path]) }).catch(
        // Without it the map is as it was when it was read; Refresh reads it again.
        () => undefined,
      )
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => {
      document.removeEventListener('visibilitychange', look)
      abort?.abort()
    }
  }, [store, path, generation])
}
