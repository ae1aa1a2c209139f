import { request } from 'node:http'
import { join } from 'node:path'
import { RecentStores } from '../recent'
import { startServeHost, type ServeHost, type ServeHostOptions } from '../serve/serve-host'
import { hostOnlyEngine } from './host-only-engine'

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
