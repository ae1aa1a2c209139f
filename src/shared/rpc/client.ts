import * as v from 'valibot'
import { AbortedError, DisconnectedError, fromErrorBody, toErrorBody } from '../errors'
import type { Input, Method, Output, Progress } from './contract'
import { reply } from './messages'
import type { Port } from './port'

export interface CallOptions<M extends Method> {
  /** Cancels the call: it rejects with AbortedError at once, and the engine is told. */
  signal?: AbortSignal | undefined
  onProgress?: ((report: Progress<M>) => void) | undefined
}

export interface Client {
  /** Rejects with the tagged class the engine threw, AbortedError when cancelled, DisconnectedError without a port. */
  call: <M extends Method>(method: M, input: Input<M>, options?: CallOptions<M>) => Promise<Output<M>>
  /** Called once when the connection is gone; at once if it is gone already. */
  onClose: (listener: () => void) => void
  close: () => void
}

interface Pending {
  resolve: (result: unknown) => void
  reject: (error: Error) => void
  progress: ((report: never) => void) | undefined
}

/** Calls procedures through a port. A reply that is none closes the port; replies to cancelled calls are dropped. */
export function connect(port: Port): Client {
  const pending = new Map<number, Pending>()
  const closeListeners: (() => void)[] = []
  let next = 1
  let open = true

  port.onMessage((message) => {
    const parsed = v.safeParse(reply, message)
    if (!parsed.success) return port.close()
    const { output } = parsed
    if (output.t !== 'err' && output.n !== undefined) port.send({ t: 'ack', n: output.n })
    const call = pending.get(output.id)
    if (!call) return
    if (output.t === 'prog') return call.progress?.(output.p as never)
    pending.delete(output.id)
    if (output.t === 'ok') call.resolve(output.r)
    else call.reject(fromErrorBody(output.e))
  })
  port.onClose(() => {
    open = false
    for (const { reject } of pending.values()) reject(new DisconnectedError())
    pending.clear()
    for (const listener of closeListeners.splice(0)) listener()
  })

  return {
    call: <M extends Method>(method: M, input: Input<M>, { signal, onProgress }: CallOptions<M> = {}) =>
      new Promise<Output<M>>((resolve, reject) => {
        if (signal?.aborted) return reject(new AbortedError())
        if (!open) return reject(new DisconnectedError())
        const id = next++
        const abort = (): void => {
          if (!pending.delete(id)) return
          port.send({ t: 'cancel', id })
          reject(new AbortedError())
        }
        const settled = (): void => signal?.removeEventListener('abort', abort)
        signal?.addEventListener('abort', abort, { once: true })
        pending.set(id, {
          resolve: (result) => (settled(), resolve(result as Output<M>)),
          reject: (error) => (settled(), reject(error)),
          progress: onProgress,
        })
        try {
          port.send({ t: 'call', id, m: method, a: input })
        } catch (error) {
          pending.get(id)?.reject(fromErrorBody(toErrorBody(error)))
          pending.delete(id)
        }
      }),
    onClose: (listener) => {
      if (open) closeListeners.push(listener)
      else listener()
    },
    close: () => port.close(),
  }
}
