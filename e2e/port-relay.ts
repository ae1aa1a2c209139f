/**
 * Runs in the page before the window's own code, as a preload would: hands it a MessagePort when it asks. Behind the
 * port, in the place of Electron's main process, the messages go to the engine over the serve host's WebSocket.
 */
import { decodeFrame, encodeFrame } from '../src/shared/rpc/frame'
import { PORT_MESSAGE, PRELOAD_KEY, type PreloadApi } from '../src/shared/rpc/preload-api'

const api: PreloadApi = {
  kind: 'electron',
  requestPort: () => {
    const { port1, port2 } = new MessageChannel()
    const url = new URL('rpc', document.baseURI)
    url.protocol = 'ws:'
    const socket = new WebSocket(url)
    socket.binaryType = 'arraybuffer'
    const waiting: unknown[] = []
    // Structured clone, no transfer list: the same as between Electron's processes.
    socket.addEventListener('message', (event: MessageEvent<ArrayBuffer>) =>
      port2.postMessage(decodeFrame(event.data)),
    )
    socket.addEventListener('close', () => port2.close())
    socket.addEventListener('open', () => {
      for (const message of waiting.splice(0)) socket.send(encodeFrame(message))
    })
    port2.addEventListener('message', (event: MessageEvent<unknown>) => {
      relayed.count++
      if (socket.readyState === WebSocket.OPEN) socket.send(encodeFrame(event.data))
      else waiting.push(event.data)
    })
    port2.start()
    window.postMessage(PORT_MESSAGE, window.location.origin, [port1])
  },
}

const relayed = { count: 0 }
Object.assign(window, { [PRELOAD_KEY]: api, relayed })
