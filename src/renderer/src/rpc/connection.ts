import { DisconnectedError } from '@shared/errors'
import type { HostInfo } from '@shared/model/host'
import type { CallOptions, Client } from '@shared/rpc/client'
import type { Input, Method, Output } from '@shared/rpc/contract'
import { create } from 'zustand'

interface ConnectionState {
  status: 'connecting' | 'ready' | 'lost'
  host: HostInfo | null
  /** Counts connections: what was asked over an older one is asked again. */
  generation: number
  /** Why the last attempt failed. */
  error: unknown
}

export const useConnection = create<ConnectionState>(() => ({
  status: 'connecting',
  host: null,
  generation: 0,
  error: null,
}))

let client: Client | null = null
let openClient: (() => Promise<Client>) | null = null

/** Says how to reach the host and connects for the first time. */
export async function connect(open: () => Promise<Client>): Promise<void> {
  openClient = open
  await reconnect()
}

/** Opens a new connection; the outcome is in `useConnection`, this never rejects. */
export async function reconnect(): Promise<void> {
  if (!openClient) return
  useConnection.setState({ status: 'connecting', error: null })
  try {
    const opened = await openClient()
    client = opened
    opened.onClose(() => {
      if (client !== opened) return
      client = null
      useConnection.setState({ status: 'lost', error: new DisconnectedError() })
    })
    const host = await opened.call('host.info', {})
    useConnection.setState((s) => ({ status: 'ready', host, generation: s.generation + 1 }))
  } catch (error) {
    client = null
    useConnection.setState({ status: 'lost', error })
  }
}

/** Calls the host. Rejects with DisconnectedError while there is no connection. */
export function call<M extends Method>(
  method: M,
  input: Input<M>,
  options?: CallOptions<M>,
): Promise<Output<M>> {
  if (!client) return Promise.reject(new DisconnectedError())
  return client.call(method, input, options)
}
