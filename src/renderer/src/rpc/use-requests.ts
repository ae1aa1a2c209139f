import type { Input, Method } from '@shared/rpc/contract'
import { useMemo, useSyncExternalStore } from 'react'
import { useConnection } from './connection'
import { type Request, requestOf, type Snapshot } from './requests'

export interface RequestsHandle<M extends Method> {
  /** One per question, in their order. */
  snapshots: readonly Snapshot<M>[]
  /** Asks again what failed or was cancelled. */
  retry: () => void
  cancel: () => void
}

/** Asks the host several questions of one kind and follows all answers; see `useRequest`. */
export function useRequests<M extends Method>(
  method: M,
  inputs: readonly Input<M>[],
  options: { job?: string } = {},
): RequestsHandle<M> {
  const generation = useConnection((s) => s.generation)
  const key = JSON.stringify(inputs)
  const { job } = options
  const group = useMemo(() => {
    // A new connection makes a new subscription, which asks again.
    const asked = generation < 0 ? [] : (JSON.parse(key) as Input<M>[])
    return requestGroup(asked.map((input) => requestOf(method, input, job)))
  }, [method, key, job, generation])
  const snapshots = useSyncExternalStore(group.subscribe, group.snapshot)
  return useMemo(() => ({ snapshots, retry: group.retry, cancel: group.cancel }), [snapshots, group])
}

function requestGroup<M extends Method>(requests: readonly Request<M>[]) {
  let last: readonly Snapshot<M>[] = []
  return {
    subscribe: (listener: () => void) => {
      const leave = requests.map((request) => request.subscribe(listener))
      return () => leave.forEach((stop) => stop())
    },
    /** The same list as long as nothing in it has changed. */
    snapshot: () => {
      const now = requests.map((request) => request.snapshot())
      if (now.length !== last.length || now.some((one, i) => one !== last[i])) last = now
      return last
    },
    retry: () => {
      for (const request of requests) {
        const { status } = request.snapshot()
        if (status === 'error' || status === 'cancelled') request.start()
      }
    },
    cancel: () => {
      for (const request of requests) request.cancel()
    },
  }
}
