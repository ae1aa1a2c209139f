import { basename } from 'node:path'
import type { StoreInfo } from '@shared/model/host'
import type { Handlers } from '@shared/rpc/handlers'
import { summarise } from '@engine/nodes/node-summary'
import type { Engine } from '@engine/session/engine'
import { openSession } from '@engine/session/session'
import { createStore } from './create-store'
import type { HostServices } from './host-services'
import { writeSample } from './sample/write'
import type { Sessions } from './sessions'

type Method = 'store.open' | 'store.create' | 'store.close' | 'store.sample'

/** Opening and closing stores. */
export function storeHandlers(
  engine: Engine,
  host: HostServices,
  sessions: Sessions,
): Pick<Handlers, Method> {
  const open = async (path: string, signal: AbortSignal, ticket?: string): Promise<StoreInfo> => {
    const session = await openSession(engine, path, { signal, editing: { readOnly: host.info().readOnly } })
    try {
      const root = await session.node('', { signal })
      // The node that was named must exist, or the window would open on nothing.
      if (session.nodePath !== '') await session.node(session.nodePath, { signal })
      sessions.add(session, path, ticket)
      await host.noteOpened(path)
      return {
        id: session.id,
        name: basename(session.storePath),
        path: session.storePath,
        kind: session.store.kind,
        readOnly: session.edits?.state.frozen !== null,
        root: summarise(root.path, root.metadata),
        initialPath: session.nodePath,
      }
    } catch (error) {
      await session.close()
      throw error
    }
  }
  return {
    'store.open': async ({ ticket }, { signal }) => open(await host.resolveTicket(ticket), signal, ticket),
    'store.create': async ({ ticket, root }, { signal }) =>
      open(await createStore({ ticket, root }, { engine, host }), signal, ticket),
    'store.close': async ({ store }) => {
      const path = await sessions.close(store)
      if (path !== undefined) host.noteClosed(path)
      return null
    },
    'store.sample': async (_input, { signal }) => open(await writeSample(await host.sampleFolder()), signal),
  }
}
