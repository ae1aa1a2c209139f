import type { Input, Method } from '@shared/rpc/contract'
import { useMemo, useSyncExternalStore } from 'react'
import { useConnection } from './connection'
import { requestOf, type Snapshot } from './requests'

export interface RequestHandle<M extends Method> extends Snapshot<M> {
  retry: () => void
  cancel: () => void
}

const IDLE = { status: 'loading', data: undefined, progress: undefined, error: undefined } as const
const noSubscription = (): (() => void) => () => undefined
const nothing = (): void => undefined

/**
 * Asks the host and follows the answer; equal questions share one call. `null` asks nothing.
 * With `job` the call shows up in the status bar under that name while it takes long.
 */
export function useRequest<M extends Method>(
  method: M,
  input: Input<M> | null,
  options: { job?: string } = {},
): RequestHandle<M> {
  const generation = useConnection((s) => s.generation)
  const key = input === null ? null : JSON.stringify(input)
  const { job } = options
  const { subscribe, snapshot, retry, cancel } = useMemo(() => {
    // A new connection makes a new subscription, which asks again.
    if (key === null || generation < 0)
      return { subscribe: noSubscription, snapshot: () => IDLE, retry: nothing, cancel: nothing }
    const request = requestOf(method, JSON.parse(key) as Input<M>, job)
    return {
      subscribe: (listener: () => void) => request.subscribe(listener),
      snapshot: request.snapshot,
      retry: request.start,
      cancel: request.cancel,
    }
  }, [method, key, job, generation])
  const state: Snapshot<M> = useSyncExternalStore(subscribe, snapshot)
  return useMemo(() => ({ ...state, retry, cancel }), [state, retry, cancel])
}
