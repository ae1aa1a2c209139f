import { realpath } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { BrowserWindow, WebContents } from 'electron'
import { APP_ORIGIN } from './app-protocol'
import type { ElectronModule } from './electron-module'
import type { Tickets } from './tickets'
import { WindowEvents } from './window-events'

/** A window and what it shows. */
export class AppWindow {
  readonly browser: BrowserWindow
  readonly events = new WindowEvents()
  /** Real paths of the stores it has open. */
  readonly stores = new Set<string>()
  /** The store it was told to open, until it has tried. */
  asked: string | undefined

  constructor(browser: BrowserWindow, asked: string | undefined) {
    this.browser = browser
    this.asked = asked
  }

  shows(path: string): boolean {
    return this.stores.has(path) || this.asked === path
  }

  /** It shows the welcome screen. */
  get idle(): boolean {
    return this.stores.size === 0 && this.asked === undefined
  }

  focus(): void {
    if (this.browser.isMinimized()) this.browser.restore()
    this.browser.focus()
  }
}

export interface AppWindowsOptions {
  /** Folder of the built main process; preload and window lie beside it. */
  outDir: string
  icon: string | undefined
  /** The development server's address, where the window comes from there. */
  devUrl: string | undefined
  tickets: Tickets
}

/** The windows of the program: one per store. */
export class AppWindows {
  readonly #electron: ElectronModule
  readonly #options: AppWindowsOptions
  readonly #windows = new Set<AppWindow>()

  constructor(electron: ElectronModule, options: AppWindowsOptions) {
    this.#electron = electron
    this.#options = options
  }

  get count(): number {
    return this.#windows.size
  }

  of(contents: WebContents): AppWindow | undefined {
    return [...this.#windows].find(({ browser }) => browser.webContents === contents)
  }

  focused(): AppWindow | undefined {
    const browser = this.#electron.BrowserWindow.getFocusedWindow()
    return [...this.#windows].find((w) => w.browser === browser) ?? [...this.#windows].at(-1)
  }

  /** Brings the window of a store to the front, else opens it: in an idle window, or in a new one. */
  async open(path: string, preferred = this.focused()): Promise<void> {
    const real = await realPath(path)
    const shown = this.showing(real)
    if (shown) return shown.focus()
    if (!preferred?.idle) return this.create(real)
    preferred.asked = real
    preferred.events.send({ kind: 'open', ticket: this.#options.tickets.issue(real) })
    preferred.focus()
  }

  /** Of a real path. */
  showing(path: string, except?: AppWindow): AppWindow | undefined {
    return [...this.#windows].find((w) => w !== except && w.shows(path))
  }

  create(path?: string): void {
    const { BrowserWindow, nativeTheme } = this.#electron
    const { outDir, icon, devUrl } = this.#options
    const browser = new BrowserWindow({
      title: 'Zarrscope',
      width: 1360,
      height: 860,
      minWidth: 720,
      minHeight: 480,
      show: false,
      // What shows for an instant before the page has painted.
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff',
      ...(icon === undefined ? {} : { icon }),
      webPreferences: {
        preload: join(outDir, '../preload/index.cjs'),
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webviewTag: false,
        spellcheck: false,
      },
    })
    const created = new AppWindow(browser, path)
    this.#windows.add(created)
    browser.once('ready-to-show', () => browser.show())
    browser.once('closed', () => this.#windows.delete(created))
    browser.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit' && reason !== 'killed') void this.#offerReload(browser)
    })
    browser.webContents.on('will-prevent-unload', (event) => {
      if (this.#leavesWork(browser)) event.preventDefault()
    })
    // A page that cannot be loaded leaves an empty window; the reason stands in the development tools.
    browser.loadURL(devUrl ?? `${APP_ORIGIN}/index.html`).catch(() => undefined)
  }

  /** The page holds itself while edits are staged or jobs run; Electron would keep the window open without a word. */
  #leavesWork(browser: BrowserWindow): boolean {
    const answer = this.#electron.dialog.showMessageBoxSync(browser, {
      type: 'question',
      message: 'Close with unfinished work?',
      detail:
        'This window has edits that are not saved, or jobs that still run. Edits are kept, and come back when the store is opened again. Jobs are cancelled, and leave their sources as they were.',
      buttons: ['Close', 'Cancel'],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
    })
    return answer === 0
  }

  async #offerReload(browser: BrowserWindow): Promise<void> {
    const { response } = await this.#electron.dialog.showMessageBox(browser, {
      type: 'error',
      message: 'This window stopped working.',
      detail: 'Nothing in the store was changed by this. Reload the window to go on.',
      buttons: ['Reload', 'Close'],
      defaultId: 0,
      cancelId: 1,
      noLink: true,
    })
    if (response === 0) browser.reload()
    else browser.close()
  }
}

/** Links resolved, so that one store has one name; what does not exist keeps the name it has. */
export async function realPath(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path))
}
