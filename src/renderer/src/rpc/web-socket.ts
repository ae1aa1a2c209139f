import { decodeFrame, encodeFrame } from '@shared/rpc/frame'
import type { Port } from '@shared/rpc/port'
import { createPort } from '@shared/rpc/wire'

/** The browser's end of an open WebSocket to the serve host. */
export function browserSocketPort(socket: WebSocket): Port {
  socket.binaryType = 'arraybuffer'
  const { port, receive, closed } = createPort({
    post: (message) => {
      const frame = encodeFrame(message)
      if (socket.readyState === WebSocket.OPEN) socket.send(frame)
    },
    close: () => socket.close(),
  })
  socket.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (!(event.data instanceof ArrayBuffer)) return port.close()
    let message: unknown
    try {
      message = decodeFrame(event.data)
    } catch {
      return port.close()
    }
    receive(message)
  })
  socket.addEventListener('close', closed)
  return port
}
