/** Helpers of the serve host's tests: a folder tree, requests that are not tidied up, a host over it. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { UsageError } from '@shared/errors'
import type { Handlers } from '@shared/rpc/handlers'
import type { HostServices } from '../../api/host-services'
import type { EngineHandle } from '../engine-handle'
import { RecentStores } from '../recent'
import { startServeHost, type ServeHost, type ServeHostOptions } from './serve-host'

/** A new folder with files (path → text; a path ending in "/" is a folder). Answers its real path. */
export async function tree(files: Record<string, string>): Promise<string> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'zarrscope-test-')))
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(root, path.endsWith('/') ? path : dirname(path)), { recursive: true })
    if (!path.endsWith('/')) await writeFile(join(root, path), text)
  }
  return root
}

export const remove = (root: string): Promise<void> => rm(root, { recursive: true, force: true })

/** An engine that answers what the host itself knows; stores are "opened" by resolving their tickets. */
export function hostOnlyEngine(): EngineHandle & { closed: boolean } {
  const none = new Proxy({} as Handlers, {
    get: (_target, name) => () => Promise.reject(new UsageError(`${String(name)} is not under test`)),
  })
  const handlers = (host: HostServices): Handlers =>
    Object.assign(Object.create(none) as Handlers, {
      'host.info': () => host.info(),
      'host.list': ({ path }) => host.list(path),
      'host.recent': () => host.recent(),
      'host.pick': ({ kind }) => host.pick(kind),
      'store.open': async ({ ticket }) => {
        const path = await host.resolveTicket(ticket)
        await host.noteOpened(path)
        return {
          id: 's',
          name: 'n',
          path,
          kind: 'directory',
          readOnly: true,
          root: {} as never,
          initialPath: '',
        }
      },
    } satisfies Partial<Handlers>)
  const engine = { workers: 2, handlers, closed: false, close: async () => void (engine.closed = true) }
  return engine
}

export interface RunningHost extends ServeHost {
  port: number
  token: string
  /** Name and value of the cookie that a browser on this port has. */
  cookie: string
}

/** A host over a bundle and a data folder; stop it with `close`. */
export async function runHost(
  options: Partial<ServeHostOptions> & { bundle: string; cwd: string },
): Promise<RunningHost> {
  const host = await startServeHost({
    engine: hostOnlyEngine(),
    version: '1.2.3',
    paths: [],
    readOnly: false,
    recent: new RecentStores(join(options.bundle, '..', 'state')),
    ...options,
  })
  const { port, searchParams } = new URL(host.url)
  const token = searchParams.get('token') ?? ''
  return { ...host, port: Number(port), token, cookie: `zarrscope-${port}=${token}` }
}

export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

export interface RawRequest {
  method?: string
  headers?: Record<string, string>
  socketPath?: string
}

/** A request exactly as stated: fetch() would tidy the path up and refuse to set Host. */
export function raw(
  port: number,
  path: string,
  { method = 'GET', headers = {}, socketPath }: RawRequest = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const where = socketPath === undefined ? { host: '127.0.0.1', port } : { socketPath }
    const sent = request({ ...where, path, method, headers }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (text: string) => (body += text))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    sent.on('upgrade', (response, socket) => {
      socket.destroy()
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body: '' })
    })
    sent.on('error', reject).end()
  })
}

/** Headers by which a client asks for a WebSocket. */
export const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
}
