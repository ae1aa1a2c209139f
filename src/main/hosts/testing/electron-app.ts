import { join } from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import { connect, type Client } from '@shared/rpc/client'
import { CHANNELS } from '@shared/rpc/preload-api'
import { startApp, type AppOptions } from '../electron/app'
import { nodeMessagePort } from '../ports/message-port'
import { RecentStores } from '../recent'
import {
  fakeElectron,
  type FakeContents,
  type FakeElectron,
  type FakeOptions,
  type Frame,
} from './electron-fake'
import { hostOnlyEngine } from './host-only-engine'

export const PAGE = 'app://bundle/index.html'
export const mainFrame = (url = PAGE): Frame => ({ url, parent: null })

export type FakeWindow = FakeElectron['windows'][number]
export interface RunningApp extends FakeElectron {
  engine: ReturnType<typeof hostOnlyEngine>
  /** Sends on a channel as a preload would. */
  send: (channel: string, contents: FakeContents, frame: Frame | null, ...args: unknown[]) => void
  /** Asks for the port of a window and connects to it, as its page does. */
  page: (window: FakeWindow | undefined) => Client
}

/** The Electron host over the fake, with a state folder and a built window below `root`. */
export async function runApp(
  root: string,
  options: Partial<AppOptions> & FakeOptions = {},
): Promise<RunningApp> {
  const fake = fakeElectron(options)
  const engine = hostOnlyEngine()
  await startApp(fake.electron, {
    outDir: join(root, 'out/main'),
    argv: ['zarrscope'],
    cwd: root,
    version: '1.2.3',
    recent: new RecentStores(join(root, 'state')),
    engine: async () => engine,
    platform: 'linux',
    ...options,
  })
  const send: RunningApp['send'] = (channel, sender, senderFrame, ...args) => {
    const event = { sender, senderFrame }
    fake.ipcMain.emit(channel, event, ...args)
  }
  const page: RunningApp['page'] = (window) => {
    if (!window) throw new Error('there is no such window')
    send(CHANNELS.port, window.webContents, mainFrame())
    const [end] = window.webContents.posted.at(-1)?.ports ?? []
    return connect(nodeMessagePort(end as MessagePort))
  }
  return { ...fake, engine, send, page }
}
