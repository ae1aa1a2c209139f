import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '@shared/errors'
import type { Handlers } from '@shared/rpc/handlers'
import type { HostServices } from './host-services'
import type { Sessions } from './sessions'

type Method = Extract<keyof Handlers, `host.${string}`>

/** What concerns the host itself: its dialogs, folders, recent stores, links and file manager. */
export function hostHandlers(host: HostServices, sessions: Sessions): Pick<Handlers, Method> {
  return {
    'host.info': () => host.info(),
    'host.pick': (request) => host.pick(request),
    'host.list': ({ path, extensions }) => host.list(path, extensions),
    'host.target': ({ folder, name }) => host.target(folder, name),
    'host.recent': () => host.recent(),
    'host.forgetRecent': async ({ ticket }) => {
      await host.forgetRecent(ticket)
      return null
    },
    'host.events': async (_input, { signal, progress }) => {
      await host.events(progress, signal)
      return null
    },
    'host.openExternal': async ({ url }) => {
      await host.openExternal(url)
      return null
    },
    'host.reveal': async ({ store, path }) => {
      const { storePath, store: opened } = sessions.get(store)
      // Nodes of an archive have no files of their own.
      const place = opened.kind === 'directory' ? join(storePath, path) : storePath
      await stat(place).catch(() => {
        throw new UsageError(`${place} is not on the disk: a new node is written when its edits are saved.`)
      })
      await host.reveal(place)
      return null
    },
  }
}
