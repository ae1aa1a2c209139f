import type { Handlers } from '@shared/rpc/handlers'
import type { HostServices } from './host-services'

type Method = Extract<keyof Handlers, `host.${string}`>

/** What concerns the host itself: its dialogs, folders, recent stores and links. */
export function hostHandlers(host: HostServices): Pick<Handlers, Method> {
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
  }
}
