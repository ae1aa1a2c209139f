import { join } from 'node:path'
import type { CommandId } from '@shared/rpc/commands'
import type { HostServices } from '../../api/host-services'
import type { EngineHandle } from '../engine-handle'
import { notingSizes } from '../note-sizes'
import { platformName } from '../platform'
import type { ListedEntry, RecentStores } from '../recent'
import { APP_ORIGIN, APP_SCHEME, handleAppProtocol } from './app-protocol'
import { AppWindows, type AppWindow } from './app-windows'
import { askForStore } from './dialogs'
import { allowOwnDownloads } from './downloads'
import type { ElectronModule } from './electron-module'
import { listenToPreload, openAll } from './ipc'
import { menuTemplate } from './menu'
import { nodeOfFile, pathsOfArgv, pathsOfInstance, type InstanceData } from './open-paths'
import { hardenContents, hardenSession, originOf } from './security'
import { Tickets } from './tickets'
import { windowServices } from './window-services'

/** As in electron-builder.yml. */
export const APP_ID = 'org.zarrscope.Zarrscope'

export interface AppOptions {
  /** Folder of the built main process. */
  outDir: string
  /** Picture for the windows of systems that take it from there. */
  icon?: string
  argv: readonly string[]
  cwd: string
  version: string
  devUrl?: string | undefined
  recent: RecentStores
  engine: () => Promise<EngineHandle>
  platform?: NodeJS.Platform
}

/** Runs the Electron host. Returns when the first window is on its way; the order of the steps is Electron's. */
export async function startApp(electron: ElectronModule, options: AppOptions): Promise<void> {
  const { app, protocol, session, Menu } = electron
  const { platform = process.platform, recent, devUrl } = options
  const origin = devUrl === undefined ? APP_ORIGIN : originOf(devUrl)!
  const tickets = new Tickets()
  const windows = new AppWindows(electron, { outDir: options.outDir, icon: options.icon, devUrl, tickets })
  const early = pathsOfArgv(options.argv, app.isPackaged ? 1 : 2, options.cwd)
  let ready = false
  const openWhenReady = (paths: readonly string[]): void => {
    if (ready) void openAll(windows, paths)
    else early.push(...paths)
  }

  // macOS tells before Electron is ready which document was double-clicked.
  app.on('open-file', (event, path) => {
    event.preventDefault()
    openWhenReady([nodeOfFile(path)])
  })
  if (!app.requestSingleInstanceLock({ paths: early } satisfies InstanceData)) return app.quit()
  app.on('second-instance', (_event, _argv, _cwd, data) => {
    const paths = pathsOfInstance(data)
    if (paths.length === 0) windows.focused()?.focus()
    openWhenReady(paths)
  })
  app.on('web-contents-created', (_event, contents) => hardenContents(contents, origin))
  app.on('window-all-closed', () => {
    if (platform !== 'darwin') app.quit()
  })
  // The name under which the installer registers the program, for task bar and jump list.
  if (platform === 'win32') app.setAppUserModelId(APP_ID)
  protocol.registerSchemesAsPrivileged([APP_SCHEME])
  app.enableSandbox()
  await app.whenReady()

  hardenSession(session.defaultSession, devUrl)
  allowOwnDownloads(session.defaultSession, origin, app.getPath('downloads'))
  handleAppProtocol(session.defaultSession, join(options.outDir, '../renderer'))
  const engine = await options.engine()
  closeBeforeExit(electron, engine)
  const facts = {
    version: options.version,
    platform: platformName(platform),
    node: process.versions.node,
    workers: engine.workers,
    readOnly: options.argv.includes('--read-only'),
  }
  const setMenu = (entries: readonly ListedEntry[]): void => {
    const actions = { command, openPath: (path: string) => void windows.open(path) }
    const template = menuTemplate(actions, { platform, packaged: app.isPackaged, recent: entries })
    Menu.setApplicationMenu(Menu.buildFromTemplate(template))
  }
  const onRecent = (): void => void recent.list().then(setMenu)
  const command = (id: CommandId): void => {
    if (id === 'file.openFolder') void openByDialog(electron, windows, 'folder')
    else if (id === 'file.openZip') void openByDialog(electron, windows, 'zip')
    else windows.focused()?.events.send({ kind: 'command', command: id })
  }
  // A page that is loaded anew finds the jobs of its window again; they end with the window.
  const services = new Map<AppWindow, HostServices>()
  const servicesOf = (window: AppWindow): HostServices => {
    const known = services.get(window)
    if (known) return known
    const made = windowServices({ electron, window, windows, tickets, recent, facts, onRecent })
    services.set(window, made)
    window.browser.once('closed', () => {
      services.delete(window)
      void engine.abandon(made)
    })
    return made
  }
  listenToPreload(electron, {
    windows,
    origin,
    connect: (window) => {
      const { handlers, close } = engine.client(servicesOf(window))
      return { handlers: notingSizes(handlers, recent), close }
    },
  })
  setMenu(await recent.list())

  ready = true
  await openAll(windows, early)
  if (windows.count === 0) windows.create()
  app.on('activate', () => {
    if (windows.count === 0) windows.create()
  })
}

async function openByDialog(
  electron: ElectronModule,
  windows: AppWindows,
  kind: 'folder' | 'zip',
): Promise<void> {
  const path = await askForStore(electron, kind, windows.focused()?.browser)
  if (path !== null) await windows.open(path)
}

/** Holds the end of the program until stores and workers are closed. */
function closeBeforeExit({ app }: ElectronModule, engine: EngineHandle): void {
  let closed = false
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    closed = true
    void engine.close().finally(() => app.exit())
  })
}
