import { once } from 'node:events'
import { WebSocket } from 'ws'
import { connect, type Client } from '@shared/rpc/client'
import type { EditsState } from '@shared/model/edits'
import { startServe, type ServeProcess, type ServeSettings } from '../../e2e/serve-process'
import { webSocketPort } from '../../src/main/hosts/ports/web-socket'

export interface ServeWindow {
  host: ServeProcess
  call: Client['call']
  /** The staged edits of an open store as they are now. */
  edits: (store: string) => Promise<EditsState>
}

/** Starts the built serve host and lets a window without a screen in, as its page would be. */
export async function serveWindow(settings: ServeSettings): Promise<ServeWindow> {
  const host = await startServe(settings)
  const { port, origin, searchParams } = new URL(host.url)
  const cookie = `zarrscope-${port}=${searchParams.get('token') ?? ''}`
  const socket = new WebSocket(`ws://127.0.0.1:${port}/rpc`, { headers: { cookie }, origin })
  await once(socket, 'open')
  const { call } = connect(webSocketPort(socket))
  const edits = async (store: string): Promise<EditsState> => {
    const stop = new AbortController()
    try {
      return await new Promise((resolve, reject) => {
        const watching = { signal: stop.signal, onProgress: resolve }
        call('edits.watch', { store }, watching).catch(reject)
      })
    } finally {
      stop.abort()
    }
  }
  return { host, call, edits }
}
