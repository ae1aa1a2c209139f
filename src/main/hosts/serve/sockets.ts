import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { serve } from '@shared/rpc/server'
import { WebSocketServer, type WebSocket } from 'ws'
import type { EngineClient } from '../engine-handle'
import { webSocketPort } from '../ports/web-socket'
import { originIsOurs, visitorOf } from './door'
import type { Tokens } from './tokens'

/** The largest message a browser may send. Bytes. */
export const MAX_PAYLOAD = 64 * 2 ** 20
/** Through a tunnel that broke, no close ever comes: who does not answer two pings is gone. */
const PING_MS = 30_000

export interface SocketsOptions {
  /** One client per window that connects; it is closed when the window is gone. */
  connect: () => EngineClient
  tokens: Tokens
  address: string | undefined
}

/** Lets windows in over WebSockets at /rpc: known by the cookie, from our own origin. Answers how to stop. */
export function acceptSockets(server: Server, { connect, tokens, address }: SocketsOptions): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD, perMessageDeflate: false })
  const refusal = (request: IncomingMessage): string | undefined => {
    const visitor = visitorOf(request, tokens, address)
    if (!visitor) return '421 Misdirected Request'
    if (!originIsOurs(request) || !visitor.known) return '403 Forbidden'
    return request.url === '/rpc' ? undefined : '404 Not Found'
  }
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const refused = refusal(request)
    if (refused !== undefined) {
      socket.on('error', () => socket.destroy())
      return socket.end(`HTTP/1.1 ${refused}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      keepAlive(client)
      const port = webSocketPort(client, { maxBytes: MAX_PAYLOAD })
      const { handlers, close } = connect()
      serve(port, handlers)
      port.onClose(() => void close())
    })
  })
  return () => {
    for (const client of sockets.clients) client.terminate()
    sockets.close()
  }
}

function keepAlive(client: WebSocket): void {
  let unanswered = 0
  client.on('pong', () => (unanswered = 0))
  const timer = setInterval(() => {
    if (unanswered++ >= 2) client.terminate()
    else client.ping()
  }, PING_MS)
  timer.unref()
  client.on('close', () => clearInterval(timer))
}
