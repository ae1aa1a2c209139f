import { stat } from 'node:fs/promises'
import { AbortedError, UsageError } from '@shared/errors'
import type { HostInfo } from '@shared/model/host'
import type { HostServices } from '../../api/host-services'
import type { RecentStores } from '../recent'
import { realPath, type AppWindow, type AppWindows } from './app-windows'
import { askForFile, askForStore, openExternal } from './dialogs'
import type { ElectronModule } from './electron-module'
import type { Tickets } from './tickets'

export interface WindowServicesOptions {
  electron: Pick<ElectronModule, 'app' | 'dialog' | 'shell'>
  window: AppWindow
  windows: AppWindows
  tickets: Tickets
  recent: RecentStores
  facts: Omit<HostInfo, 'kind' | 'open' | 'dialogs'>
  /** The recent list has changed. */
  onRecent: () => void
}

/** What the Electron host gives to one window. Its tickets are random; the window never learns to open a path. */
export function windowServices(options: WindowServicesOptions): HostServices {
  const { electron, window, windows, tickets, recent, facts, onRecent } = options
  return {
    // A window that was loaded anew opens again what it had.
    info: () => {
      window.events.dropOpens()
      return {
        ...facts,
        kind: 'electron',
        dialogs: true,
        open: [...window.stores, ...(window.asked === undefined ? [] : [window.asked])].map((path) =>
          tickets.issue(path),
        ),
      }
    },
    pick: async (request) => {
      const { kind } = request
      if (kind !== 'folder' && kind !== 'zip') {
        const path = await askForFile(electron, { ...request, kind }, window.browser)
        if (path === null) return null
        const ticket = tickets.issue(path, kind === 'file' ? 'open' : 'write')
        return { ticket, path, exists: await isThere(path) }
      }
      const chosen = await askForStore(electron, kind, window.browser)
      if (chosen === null) return null
      const path = await realPath(chosen)
      if (window.idle && !windows.showing(path)) return { ticket: tickets.issue(path), path, exists: true }
      await windows.open(path, window)
      return null
    },
    list: async () => {
      throw new UsageError('This host has its own open dialog; use that.')
    },
    target: async () => {
      throw new UsageError('This host has its own save dialog; use that.')
    },
    resolveFile: async (ticket, access) => {
      if (access === 'read') return tickets.resolve(ticket)
      if (facts.readOnly)
        throw new UsageError('The program was started with --read-only; nothing can be written.')
      return tickets.resolveTarget(ticket)
    },
    resolveTicket: async (ticket) => {
      const path = tickets.resolve(ticket)
      const other = windows.showing(path, window)
      if (!other) return path
      other.focus()
      throw new AbortedError(`${path} is open in another window.`)
    },
    recent: async () =>
      (await recent.list()).map((store) => ({ ...store, ticket: tickets.issue(store.path) })),
    forgetRecent: async (ticket) => {
      await recent.forget(tickets.resolve(ticket))
      onRecent()
    },
    noteOpened: async (path) => {
      window.stores.add(path)
      window.browser.setRepresentedFilename(path)
      electron.app.addRecentDocument(path)
      await recent.note(path)
      onRecent()
    },
    noteClosed: (path) => {
      window.stores.delete(path)
      window.browser.setRepresentedFilename('')
    },
    sampleFolder: async () => electron.app.getPath('documents'),
    openExternal: (url) => openExternal(electron, url, window.browser),
    reveal: async (path) => electron.shell.showItemInFolder(path),
    events: (emit, signal) => window.events.listen(emit, signal),
  }
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )
