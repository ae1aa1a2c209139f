import { decodeFrame, encodeFrame } from '@shared/rpc/frame'
import type { Port } from '@shared/rpc/port'
import { createPort } from '@shared/rpc/wire'
import type { WebSocket } from 'ws'

/** Close codes of RFC 6455, section 7.4.1. */
const UNSUPPORTED_DATA = 1003
const INVALID_DATA = 1007

export interface SocketOptions {
  /** Frames above this close the socket. Bytes. */
  maxBytes?: number
}

/** An open WebSocket. Messages are binary frames; a text message, or bytes that are no frame, close it. */
export function webSocketPort(socket: WebSocket, { maxBytes }: SocketOptions = {}): Port {
  socket.binaryType = 'arraybuffer'
  const { port, receive, closed } = createPort({
    post: (message) => {
      const frame = encodeFrame(message)
      // While the closing handshake runs, nothing may be sent any more.
      if (socket.readyState === socket.OPEN) socket.send(frame)
    },
    close: () => socket.close(),
  })
  socket.on('message', (data, isBinary) => {
    if (!isBinary || !(data instanceof ArrayBuffer)) return socket.close(UNSUPPORTED_DATA)
    let message: unknown
    try {
      message = decodeFrame(data, maxBytes)
    } catch {
      return socket.close(INVALID_DATA)
    }
    receive(message)
  })
  // Without a listener an error (a frame above maxPayload, a reset connection) would end the process; "close" follows.
  socket.on('error', () => socket.terminate())
  socket.on('close', closed)
  return port
}
