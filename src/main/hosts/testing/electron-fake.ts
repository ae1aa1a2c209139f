/**
 * A stand-in for Electron with what our host uses of it. Honest in two ways: every member must exist in electron.d.ts
 * (else this file does not compile), and what must happen before or after `ready` throws when it does not. What only
 * this fake has shown has not been shown to work in Electron.
 */
import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type {
  BrowserWindowConstructorOptions,
  Dialog,
  IpcMain,
  MenuItemConstructorOptions,
  OnBeforeRequestListenerDetails,
  WebFrameMain,
} from 'electron'
import type { ElectronModule } from '../electron/electron-module'

type Keys<Fake, Real> = Exclude<keyof Fake, keyof Real> extends never ? Fake : never
/** Compiles only if every member of the fake is a member of the real thing. */
const real =
  <Real>() =>
  <Fake extends object>(fake: Keys<Fake, Real>): Fake =>
    fake

/** The main process's end of a channel: like Node's, but messages come wrapped, and only after `start`. */
class FakePort extends EventEmitter {
  readonly #end: MessagePort
  constructor(end: MessagePort) {
    super()
    this.#end = end
    end.on('close', () => this.emit('close'))
  }
  start(): void {
    this.#end.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
  }
  postMessage(message: unknown): void {
    this.#end.postMessage(message)
  }
  close(): void {
    this.#end.close()
  }
}

class FakeChannel {
  readonly port1: FakePort
  /** The end that goes to the page; a test connects to it as the page would. */
  readonly port2: MessagePort
  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new FakePort(port1)
    this.port2 = port2
  }
}

export type Frame = Pick<WebFrameMain, 'url'> & { parent: Frame | null }

export class FakeContents extends EventEmitter {
  openHandler: ((details: { url: string }) => { action: string }) | undefined
  readonly posted: { channel: string; ports: MessagePort[] }[] = []
  setWindowOpenHandler(handler: FakeContents['openHandler']): void {
    this.openHandler = handler
  }
  postMessage(channel: string, _message: unknown, ports: MessagePort[]): void {
    this.posted.push({ channel, ports })
  }
}

export interface FakeOptions {
  lock?: boolean
  packaged?: boolean
}

export type FakeElectron = ReturnType<typeof fakeElectron>

export function fakeElectron({ lock = true, packaged = true }: FakeOptions = {}) {
  const log: unknown[][] = []
  const note =
    (name: string) =>
    (...args: unknown[]): void =>
      void log.push([name, ...args])
  let ready = false
  const before = (name: string): void => {
    if (ready) throw new Error(`${name} must be called before the app is ready`)
  }
  const after = (name: string): void => {
    if (!ready) throw new Error(`${name} must be called after the app is ready`)
  }

  const windows: FakeWindow[] = []
  class FakeWindow extends EventEmitter {
    static focused: FakeWindow | null = null
    static getFocusedWindow(): FakeWindow | null {
      return FakeWindow.focused
    }
    readonly webContents = new FakeContents()
    readonly options: BrowserWindowConstructorOptions
    readonly calls: string[] = []
    url = ''
    minimized = false
    constructor(options: BrowserWindowConstructorOptions) {
      super()
      after('new BrowserWindow')
      this.options = options
      windows.push(this)
      FakeWindow.focused = this
      app.emit('web-contents-created', {}, this.webContents)
    }
    async loadURL(url: string): Promise<void> {
      this.url = url
      queueMicrotask(() => this.emit('ready-to-show'))
    }
    show(): void {
      this.calls.push('show')
    }
    focus(): void {
      FakeWindow.focused = this
      this.calls.push('focus')
    }
    isMinimized(): boolean {
      return this.minimized
    }
    restore(): void {
      this.calls.push('restore')
    }
    reload(): void {
      this.calls.push('reload')
    }
    close(): void {
      windows.splice(windows.indexOf(this), 1)
      if (FakeWindow.focused === this) FakeWindow.focused = null
      this.emit('closed')
    }
    setRepresentedFilename(path: string): void {
      this.calls.push(`represents ${path}`)
    }
  }

  const app = Object.assign(new EventEmitter(), {
    isPackaged: packaged,
    whenReady: async () => {
      ready = true
    },
    requestSingleInstanceLock: (data: unknown) => {
      note('requestSingleInstanceLock')(data)
      return lock
    },
    quit: note('quit'),
    exit: note('exit'),
    enableSandbox: () => {
      before('enableSandbox')
      note('enableSandbox')()
    },
    addRecentDocument: note('addRecentDocument'),
    setAppUserModelId: note('setAppUserModelId'),
    getPath: (name: string) => `/home/p/${name}`,
  })

  type Decide = (answer: { cancel: boolean }) => void
  let beforeRequest:
    ((details: Pick<OnBeforeRequestListenerDetails, 'url'>, decide: Decide) => void) | undefined
  const handlers = new Map<string, (...args: never[]) => unknown>()
  const keep =
    (name: string) =>
    (handler: (...args: never[]) => unknown): void =>
      void handlers.set(name, handler)
  const defaultSession = {
    setPermissionRequestHandler: keep('permissionRequest'),
    setPermissionCheckHandler: keep('permissionCheck'),
    setDevicePermissionHandler: keep('devicePermission'),
    setSpellCheckerEnabled: note('spellChecker'),
    on: (event: string, listener: (...args: never[]) => unknown) => keep(event)(listener),
    webRequest: {
      onBeforeRequest: (filter: { urls: string[] }, listener: typeof beforeRequest) => {
        note('onBeforeRequest')(filter.urls)
        beforeRequest = listener
      },
    },
    protocol: {
      handle: (scheme: string, handler: (request: Request) => Promise<Response>) => {
        after('protocol.handle')
        handlers.set(`protocol ${scheme}`, handler)
      },
    },
  }

  /** What dialogs answer next. */
  const answers = { paths: [] as string[], button: 0 }
  const dialog = {
    showOpenDialog: async (...args: unknown[]) => {
      note('showOpenDialog')(args.at(-1))
      return { canceled: answers.paths.length === 0, filePaths: answers.paths }
    },
    showSaveDialog: async (...args: unknown[]) => {
      note('showSaveDialog')(args.at(-1))
      return { canceled: answers.paths.length === 0, filePath: answers.paths[0] ?? '' }
    },
    showMessageBoxSync: (...args: unknown[]) => {
      note('showMessageBoxSync')(args.at(-1))
      return answers.button
    },
    showMessageBox: async (...args: unknown[]) => {
      note('showMessageBox')(args.at(-1))
      return { response: answers.button, checkboxChecked: false }
    },
  }
  const ipcMain = new EventEmitter()
  const menus: MenuItemConstructorOptions[][] = []
  const electron = {
    app,
    BrowserWindow: FakeWindow,
    dialog,
    ipcMain,
    Menu: {
      buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
      setApplicationMenu: (menu: MenuItemConstructorOptions[]) => {
        after('setApplicationMenu')
        menus.push(menu)
      },
    },
    MessageChannelMain: FakeChannel,
    nativeTheme: { shouldUseDarkColors: false },
    protocol: {
      registerSchemesAsPrivileged: (schemes: unknown) => {
        before('registerSchemesAsPrivileged')
        note('schemes')(schemes)
      },
    },
    session: { defaultSession },
    shell: {
      openExternal: async (url: string) => note('openExternal')(url),
      showItemInFolder: note('showItemInFolder'),
    },
  }

  real<Electron.App>()(app)
  real<Electron.Session>()(defaultSession)
  real<Electron.WebRequest>()(defaultSession.webRequest)
  real<Electron.Protocol>()(defaultSession.protocol)
  real<Electron.Protocol>()(electron.protocol)
  real<Dialog>()(dialog)
  real<IpcMain>()(ipcMain)
  real<typeof Electron.Menu>()(electron.Menu)
  real<typeof Electron.nativeTheme>()(electron.nativeTheme)
  real<typeof Electron.shell>()(electron.shell)
  real<Electron.MessagePortMain>()(
    {} as Omit<FakePort, Exclude<keyof EventEmitter, keyof Electron.MessagePortMain>>,
  )
  real<Electron.MessageChannelMain>()({} as Pick<FakeChannel, keyof FakeChannel>)
  // What a test looks at is the fake's own; the rest must be the real thing's.
  real<Electron.WebContents>()({} as Omit<FakeContents, 'openHandler' | 'posted'>)
  real<Electron.BrowserWindow>()({} as Omit<FakeWindow, 'options' | 'calls' | 'url' | 'minimized'>)
  const modules: Record<keyof ElectronModule, unknown> = electron

  return {
    electron: modules as ElectronModule,
    app,
    ipcMain,
    windows,
    log,
    menus,
    answers,
    handlers,
    /** Whether a request of a page to this address is let through. */
    lets: (url: string): boolean => {
      let cancelled = false
      beforeRequest?.({ url }, ({ cancel }) => (cancelled = cancel))
      return !cancelled
    },
    called: (name: string): unknown[][] => log.filter(([first]) => first === name).map(([, ...args]) => args),
  }
}
