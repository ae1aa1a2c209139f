import { ReadOnlyError } from '@shared/errors'
import type { Handlers } from '@shared/rpc/handlers'

type Method = Extract<keyof Handlers, `jobs.${string}`>

const refuse = (): never => {
  throw new ReadOnlyError('Stores are opened for reading only; nothing was changed.')
}

/** Jobs: refused as long as every store is opened for reading. */
export function jobHandlers(): Pick<Handlers, Method> {
  return {
    'jobs.watch': (_input, { signal, progress }) => {
      progress([])
      return new Promise((resolve) => {
        if (signal.aborted) resolve(null)
        else signal.addEventListener('abort', () => resolve(null), { once: true })
      })
    },
    'jobs.start': refuse,
    'jobs.pause': refuse,
    'jobs.resume': refuse,
    'jobs.cancel': refuse,
    'jobs.forget': refuse,
  }
}
