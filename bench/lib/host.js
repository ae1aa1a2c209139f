import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { below, PROJECT } from './folder.js'
import { bundle } from './bundle.js'

let client
/** The window's side of the contract. */
const clientModule = () =>
  (client ??= bundle('client.ts', 'client').then((path) => import(pathToFileURL(path).href)))

/** A serve host of a build, started with a folder to look into, and watched (servers/monitor.js). */
export class Host {
  static async start({ node, build }, folder) {
    const monitor = pathToFileURL(join(PROJECT, 'bench/servers/monitor.js')).href
    const words = ['--import', monitor, join(build, 'main/serve.js'), '--no-open', folder]
    const child = spawn(node, words, {
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
      env: { ...process.env, XDG_STATE_HOME: below('state') },
    })
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
    const { value } = await lines.next()
    if (!value) throw new Error('The serve host did not start.')
    return new Host(child, new URL(value.replace(/^Zarrscope: /, '')))
  }

  constructor(child, url) {
    this.child = child
    this.url = url
    this.gone = new Promise((resolve) => child.on('close', resolve))
  }

  /** What a window does first: shows the token, gets its cookie, opens its socket. */
  async connect() {
    const { connect, webSocketPort, WebSocket } = await clientModule()
    const answer = await fetch(this.url, { redirect: 'manual' })
    const cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ')
    const socket = new WebSocket(`ws://${this.url.host}/rpc`, {
      headers: { cookie, origin: this.url.origin },
      perMessageDeflate: false,
    })
    await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject))
    return connect(webSocketPort(socket))
  }

  reset() {
    this.child.send('reset')
  }

  report() {
    return new Promise((resolve) => {
      this.child.once('message', resolve)
      this.child.send('report')
    })
  }

  async close() {
    this.child.kill('SIGTERM')
    const impatience = setTimeout(() => this.child.kill('SIGKILL'), 5000)
    await this.gone
    clearTimeout(impatience)
  }
}

/** A basic selection from pairs of start and count. */
export const box = (...dims) => dims.map(([start, count]) => ({ start, step: 1, count }))
