import { setMaxListeners } from 'node:events'

/** A signal that follows the given ones and may be listened to by any number of requests, without Node's warning. */
export function sharedSignal(...signals: (AbortSignal | undefined)[]): AbortSignal {
  const signal = AbortSignal.any(signals.filter((one) => one !== undefined))
  setMaxListeners(0, signal)
  return signal
}
