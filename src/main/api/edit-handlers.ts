import { ReadOnlyError } from '@shared/errors'
import type { Handlers } from '@shared/rpc/handlers'

type Method = Extract<keyof Handlers, `edits.${string}` | 'store.changes' | 'store.check'>

const refuse = (): never => {
  throw new ReadOnlyError('Stores are opened for reading only; nothing was changed.')
}

/** Editing: refused as long as every store is opened for reading. */
export function editHandlers(): Pick<Handlers, Method> {
  return {
    'store.changes': (_input, { signal }) => ended(signal),
    'store.check': () => null,
    'edits.watch': (_input, { signal, progress }) => {
      progress({
        version: 0,
        edits: [],
        undo: null,
        redo: null,
        keys: 0,
        bytes: 0,
        paths: [],
        frozen: 'Stores are opened for reading only.',
        recovered: null,
        notice: null,
        conflicts: [],
        saving: false,
        savedAt: null,
      })
      return ended(signal)
    },
    'edits.preview': refuse,
    'edits.apply': refuse,
    'edits.undo': refuse,
    'edits.redo': refuse,
    'edits.revert': refuse,
    'edits.discard': refuse,
    'edits.save': refuse,
    'edits.resolve': refuse,
  }
}

const ended = (signal: AbortSignal): Promise<null> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve(null)
    else signal.addEventListener('abort', () => resolve(null), { once: true })
  })
