import { UsageError } from '@shared/errors'
import type { HostInfo } from '@shared/model/host'
import type { HostServices } from '../../api/host-services'
import type { RecentStores } from '../recent'
import { listFolder, targetIn } from './folders'
import type { Roots } from './roots'

export interface ServeServicesOptions {
  info: HostInfo
  roots: Roots
  recent: RecentStores
}

/** The serve host: no dialogs, a folder browser instead. Its tickets are absolute paths below the roots. */
export function serveHostServices({ info, roots, recent }: ServeServicesOptions): HostServices {
  return {
    info: () => info,
    pick: async () => {
      throw new UsageError('This host has no open dialog; choose from its folders instead.')
    },
    list: (path, extensions) => listFolder(roots, path, extensions),
    target: (folder, name) => targetIn(roots, folder, name),
    resolveTicket: (ticket) => roots.confine(ticket),
    resolveFile: async (ticket, access) => {
      if (access === 'write' && info.readOnly)
        throw new UsageError('This host was started with --read-only; nothing can be written.')
      return roots.confine(ticket)
    },
    recent: async () => {
      const stores = await recent.list()
      const allowed = await Promise.all(stores.map(({ path }) => roots.confine(path).catch(() => null)))
      return stores
        .filter((_store, i) => allowed[i] !== null)
        .map((store) => ({ ...store, ticket: store.path }))
    },
    forgetRecent: (ticket) => recent.forget(ticket),
    noteOpened: (path) => recent.note(path),
    noteClosed: () => undefined,
    sampleFolder: async () => {
      const [first] = await roots.folders()
      if (first === undefined)
        throw new UsageError('This host was started without a folder to write a sample into.')
      return first
    },
    openExternal: async () => {
      throw new UsageError(
        'This host runs where no browser is; open the link in the browser that shows this page.',
      )
    },
    reveal: async () => {
      throw new UsageError('This host has no file manager; it shows stores in a browser.')
    },
    // Nothing here has a menu of its own.
    events: (_emit, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) resolve()
        else signal.addEventListener('abort', () => resolve(), { once: true })
      }),
  }
}
