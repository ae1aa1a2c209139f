import type { Handlers } from '@shared/rpc/handlers'
import { withoutCells } from '@engine/edits/edit-info'
import type { EditOptions } from '@engine/edits/store-edits'
import { expireCounts } from '@engine/stats/scan-age'
import { openFileItems } from './file-items'
import type { HostServices } from './host-services'
import type { Sessions } from './sessions'

type Method = Extract<keyof Handlers, `edits.${string}` | 'store.changes' | 'store.check' | 'store.poll'>

/** Cells that nobody copies as a script. */
const MAX_SCRIPT_BYTES = 2 ** 20

/** Staged edits of a store, and what changes in it. */
export function editHandlers(host: HostServices, sessions: Sessions): Pick<Handlers, Method> {
  const openItems: EditOptions['openItems'] = async (file, dtype) =>
    openFileItems(await host.resolveFile(file.ticket, 'read'), dtype)
  return {
    'store.changes': ({ store }, { signal, progress }) =>
      lasting(signal, sessions.edits(store).changes.on(progress)),
    'store.check': async ({ store }) => {
      expireCounts(sessions.get(store).store)
      await sessions.get(store).check()
      return null
    },
    'store.poll': ({ store }) => done(sessions.get(store).poll()),
    'edits.watch': ({ store }, { signal, progress }) => {
      const edits = sessions.edits(store)
      progress(edits.state)
      return lasting(signal, edits.states.on(progress))
    },
    'edits.preview': ({ store, edit }, { signal }) =>
      sessions.edits(store).preview(edit, { openItems, signal }),
    'edits.apply': ({ store, edit }, { signal, progress }) =>
      sessions.edits(store).apply(edit, {
        openItems,
        signal,
        onProgress: (at, total) => progress({ done: at, total }),
      }),
    'edits.get': async ({ store, id }) => {
      const edit = await sessions.edits(store).edit(id)
      return edit.kind === 'cells' && edit.data.length > MAX_SCRIPT_BYTES ? withoutCells(edit) : edit
    },
    'edits.undo': ({ store }) => done(sessions.edits(store).undo()),
    'edits.redo': ({ store }) => done(sessions.edits(store).redo()),
    'edits.revert': ({ store, id }) => done(sessions.edits(store).revert(id, { openItems })),
    'edits.discard': ({ store }) => done(sessions.edits(store).discard()),
    'edits.save': ({ store }, { progress }) =>
      sessions.edits(store).save({ onProgress: (at, total) => progress({ done: at, total }) }),
    'edits.resolve': ({ store, conflicts, take }) => done(sessions.edits(store).resolve(conflicts, take)),
  }
}

const done = (work: Promise<void>): Promise<null> => work.then(() => null)

/** Goes on until the caller cancels; `stop` is called then. */
const lasting = (signal: AbortSignal, stop: () => void): Promise<null> =>
  new Promise((resolve) => {
    const end = (): void => {
      stop()
      resolve(null)
    }
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
