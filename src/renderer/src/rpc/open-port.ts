import { DisconnectedError } from '@shared/errors'
import type { Port } from '@shared/rpc/port'
import { PORT_MESSAGE, PRELOAD_KEY, type PreloadApi } from '@shared/rpc/preload-api'
import { browserMessagePort } from './message-port'
import { browserSocketPort } from './web-socket'

const TIMEOUT_MS = 10_000

/**
 * A port to the host that shows this window: Electron's main process where the preload says so, else the serve host
 * that the page came from. May be called again after the port has closed. Rejects with DisconnectedError when the
 * host does not answer.
 */
export function openPort(): Promise<Port> {
  const preload = (globalThis as unknown as Record<string, PreloadApi | undefined>)[PRELOAD_KEY]
  return preload ? openMessagePort(preload) : openSocket()
}

function openMessagePort(preload: PreloadApi): Promise<Port> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      window.removeEventListener('message', listen)
    }
    const listen = (event: MessageEvent<unknown>): void => {
      const [end] = event.ports
      if (event.source !== window || event.data !== PORT_MESSAGE || !end) return
      stop()
      resolve(browserMessagePort(end))
    }
    const timer = setTimeout(() => {
      stop()
      reject(
        new DisconnectedError(
          'The main process of Zarrscope does not answer; close the window and start it again.',
        ),
      )
    }, TIMEOUT_MS)
    window.addEventListener('message', listen)
    preload.requestPort()
  })
}

function openSocket(): Promise<Port> {
  const url = new URL('rpc', document.baseURI)
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
  url.search = url.hash = ''
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url)
    // The adapter is made at once, so that no message between "open" and the caller's first listener is lost.
    const port = browserSocketPort(socket)
    const timer = setTimeout(() => socket.close(), TIMEOUT_MS)
    socket.addEventListener('open', () => {
      clearTimeout(timer)
      resolve(port)
    })
    socket.addEventListener('close', () => {
      clearTimeout(timer)
      reject(
        new DisconnectedError(
          'The host of this page does not answer; see whether zarrscope serve still runs, then open its address again.',
        ),
      )
    })
  })
}
