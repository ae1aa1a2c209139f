import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MessageChannel } from 'node:worker_threads'
import { WebSocket, WebSocketServer } from 'ws'
import { memoryPair } from './memory-pair'
import { nodeMessagePort } from './message-port'
import { describePort } from './port.contract'
import { webSocketPort } from './web-socket'

describePort('memory pair', async () => {
  const [engine, window] = memoryPair()
  return { engine, window, stop: async () => engine.close() }
})

describePort('message ports of worker_threads', async () => {
  const { port1, port2 } = new MessageChannel()
  return { engine: nodeMessagePort(port1), window: nodeMessagePort(port2), stop: async () => port1.close() }
})

describePort('web sockets', async () => {
  const http = createServer()
  const server = new WebSocketServer({ server: http, perMessageDeflate: false })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const client = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}/`)
  const [[accepted]] = await Promise.all([
    once(server, 'connection') as Promise<[WebSocket]>,
    once(client, 'open'),
  ])
  return {
    engine: webSocketPort(accepted),
    window: webSocketPort(client),
    stop: async () => {
      accepted.terminate()
      client.terminate()
      await new Promise((done) => http.close(done))
    },
  }
})
