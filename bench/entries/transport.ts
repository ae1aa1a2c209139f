/** A host that answers reads from memory: what is left of a call is the transport. Prints its port. */
import { serve } from '@shared/rpc/server'
import type { Handlers } from '@shared/rpc/handlers'
import { WebSocketServer } from 'ws'
import { webSocketPort } from '../../src/main/hosts/ports/web-socket'

const blocks = new Map<number, Uint8Array>()

function block(bytes: number): Uint8Array {
  const kept = blocks.get(bytes) ?? new Uint8Array(bytes).fill(7)
  blocks.set(bytes, kept)
  return kept
}

const handlers = {
  'array.read': async ({ dims }: { dims: { count: number }[] }) => ({
    shape: [dims[0]!.count],
    dtype: { kind: 'uint', bits: 8 },
    data: block(dims[0]!.count),
    parts: [],
  }),
} as unknown as Handlers

const sockets = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  perMessageDeflate: false,
  maxPayload: 2 ** 28,
})
sockets.on('connection', (socket, { url }) => {
  if (url === '/rpc') serve(webSocketPort(socket), handlers)
  else socket.on('message', (words) => socket.send(block(Number((words as Buffer).toString()))))
})
sockets.on('listening', () => console.log((sockets.address() as { port: number }).port))
process.stdin.on('end', () => process.exit(0)).resume()
