import { join } from 'node:path'
import { UsageError } from '@shared/errors'
import type { Handlers } from '@shared/rpc/handlers'
import type { HostServices } from '../../api/host-services'
import type { EngineClient, EngineHandle } from '../engine-handle'

/**
 * An engine that answers what the host itself knows; stores are "opened" by resolving their tickets, and their ids are
 * their paths.
 */
export function hostOnlyEngine(): EngineHandle & { closed: string[] } {
  const none = new Proxy({} as Handlers, {
    get: (_target, name) => () => Promise.reject(new UsageError(`${String(name)} is not under test`)),
  })
  const handlers = (host: HostServices): Handlers =>
    Object.assign(Object.create(none) as Handlers, {
      'host.info': () => host.info(),
      'host.list': ({ path, extensions }) => host.list(path, extensions),
      'host.target': ({ folder, name }) => host.target(folder, name),
      'host.recent': () => host.recent(),
      'host.pick': (request) => host.pick(request),
      'host.events': async (_input, { progress, signal }) => {
        await host.events(progress, signal)
        return null
      },
      'host.openExternal': async ({ url }) => {
        await host.openExternal(url)
        return null
      },
      'host.reveal': async ({ store, path }) => {
        await host.reveal(join(store, path))
        return null
      },
      'node.storage': ({ path }) => ({ done: true, nbytesStored: 1234, path }) as never,
      'store.close': ({ store }) => {
        host.noteClosed(store)
        return null
      },
      'store.open': async ({ ticket }) => {
        const path = await host.resolveTicket(ticket)
        await host.noteOpened(path)
        return {
          id: path,
          name: 'n',
          path,
          kind: 'directory',
          readOnly: true,
          root: {} as never,
          initialPath: '',
        }
      },
    } satisfies Partial<Handlers>)
  const closed: string[] = []
  const client = (host: HostServices): EngineClient => ({
    handlers: handlers(host),
    close: async () => void closed.push('client'),
  })
  return {
    workers: 2,
    client,
    closed,
    abandon: async () => void closed.push('window'),
    close: async () => void closed.push('engine'),
  }
}
