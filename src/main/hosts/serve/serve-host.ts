import { createServer } from 'node:http'
import { resolve } from 'node:path'
import type { HostInfo } from '@shared/model/host'
import type { EngineClient, EngineHandle } from '../engine-handle'
import { notingSizes } from '../note-sizes'
import { platformName } from '../platform'
import type { RecentStores } from '../recent'
import { serveHostServices } from './host-services'
import { httpHandler } from './http'
import { listen, type ListenOptions } from './listen'
import { Roots } from './roots'
import { acceptSockets } from './sockets'
import { Tokens } from './tokens'

export interface ServeHostOptions extends Partial<ListenOptions> {
  engine: EngineHandle
  /** Folder of the built window. */
  bundle: string
  version: string
  /** What the command line named; relative paths start at `cwd`. */
  paths: readonly string[]
  cwd: string
  readOnly: boolean
  recent: RecentStores
}

export interface ServeHost {
  /** The address with the token, for people. */
  url: string
  /** Another address for the same, good for one use: for command lines, which everyone on the machine can read. */
  passUrl: () => string
  close: () => Promise<void>
}

/** Serves the window over HTTP and the engine over a WebSocket. Ready when it returns. */
export async function startServeHost(options: ServeHostOptions): Promise<ServeHost> {
  const { engine, bundle, cwd, host, port = 0, socket, recent } = options
  const address = host !== undefined && !['127.0.0.1', 'localhost', '::1'].includes(host) ? host : undefined
  const open = options.paths.map((path) => resolve(cwd, path))
  const tokens = new Tokens()
  const services = serveHostServices({
    info: hostInfo(options, open),
    roots: await Roots.of([cwd, ...open]),
    recent,
  })
  const server = createServer(httpHandler({ bundle, tokens, address }))
  const connect = (): EngineClient => {
    const { handlers, close } = engine.client(services)
    return { handlers: notingSizes(handlers, recent), close }
  }
  const stopSockets = acceptSockets(server, { connect, tokens, address })
  const origin = await listen(server, { port, host, socket })
  return {
    url: `${origin}/?token=${tokens.token}`,
    passUrl: () => `${origin}/?token=${tokens.issuePass()}`,
    close: () =>
      new Promise((done) => {
        stopSockets()
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

const hostInfo = ({ version, engine, readOnly }: ServeHostOptions, open: string[]): HostInfo => ({
  kind: 'serve',
  version,
  platform: platformName(),
  node: process.versions.node,
  workers: engine.workers,
  readOnly,
  open,
  dialogs: false,
})
