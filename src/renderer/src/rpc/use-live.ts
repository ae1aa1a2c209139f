import { useEffect } from 'react'
import { call, useConnection } from './connection'
import { invalidate } from './requests'

/** The states that answers were last read in, by store and path. */
const seen = new Map<string, string>()

/**
 * Reads everything about a node again whenever somebody writes chunks below it, as long as the window can be seen; what
 * was written while nobody looked is noticed at the first look.
 */
export function useLive(store: string, path: string): void {
  const generation = useConnection((s) => s.generation)
  useEffect(() => {
    let abort: AbortController | null = null
    const key = `${store} ${path}`
    const onState = ({ state }: { state: string }): void => {
      const known = seen.get(key)
      seen.set(key, state)
      if (known !== undefined && known !== state) invalidate(store, [path])
    }
    const look = (): void => {
      if (document.visibilityState !== 'visible') {
        abort?.abort()
        abort = null
        return
      }
      if (abort) return
      abort = new AbortController()
      const { signal } = abort
      call('node.follow', { store, path }, { signal, onProgress: onState }).catch(
        // Without it the screen is as it was when it was read; Refresh reads it again.
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
