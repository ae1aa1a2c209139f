import { isAbsolute } from 'node:path'
import type { IpcMainEvent } from 'electron'
import * as v from 'valibot'
import type { Handlers } from '@shared/rpc/handlers'
import type { Port } from '@shared/rpc/port'
import { CHANNELS } from '@shared/rpc/preload-api'
import { serve } from '@shared/rpc/server'
import type { EngineClient } from '../engine-handle'
import { electronMessagePort } from '../ports/message-port'
import type { AppWindow, AppWindows } from './app-windows'
import type { ElectronModule } from './electron-module'
import { nodeOfFile } from './open-paths'
import { isOurs } from './security'

export interface IpcOptions {
  windows: AppWindows
  /** Origin of our own page. */
  origin: string
  /** A new client of the engine for a window that asks for its port. */
  connect: (window: AppWindow) => EngineClient
}

const droppedPaths = v.pipe(
  v.array(v.pipe(v.string(), v.maxLength(4096), v.check(isAbsolute))),
  v.maxLength(32),
)

/** Listens on the few channels between preload and main process, each for our own main frame only. */
export function listenToPreload({ ipcMain, MessageChannelMain }: ElectronModule, options: IpcOptions): void {
  const { windows, origin, connect } = options
  const ports = new WeakMap<AppWindow, Port>()
  const senderOf = (event: IpcMainEvent): AppWindow | undefined =>
    isOurs(event, origin) ? windows.of(event.sender) : undefined

  ipcMain.on(CHANNELS.port, (event) => {
    const window = senderOf(event)
    if (!window) return
    // One port per window: a page that was loaded anew takes the place of the one before.
    ports.get(window)?.close()
    const { port1, port2 } = new MessageChannelMain()
    const port = electronMessagePort(port1)
    const { handlers, close } = connect(window)
    ports.set(window, port)
    serve(port, notingFailures(handlers, window))
    port.onClose(() => void close())
    event.sender.postMessage(CHANNELS.port, null, [port2])
  })

  ipcMain.on(CHANNELS.drop, (event, paths: unknown) => {
    const window = senderOf(event)
    const parsed = v.safeParse(droppedPaths, paths)
    if (!window || !parsed.success) return
    void openAll(windows, parsed.output.map(nodeOfFile), window)
  })
}

/** One after the other: the second must see that the first has taken the window. */
export async function openAll(
  windows: AppWindows,
  paths: readonly string[],
  preferred?: AppWindow,
): Promise<void> {
  for (const path of paths) await windows.open(path, preferred)
}

/** A window that was asked to open a store is free again once it has tried, successfully or not. */
function notingFailures(handlers: Handlers, window: AppWindow): Handlers {
  return {
    ...handlers,
    'store.open': async (input, context) => {
      try {
        return await handlers['store.open'](input, context)
      } finally {
        window.asked = undefined
      }
    },
  }
}
