import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { bundle } from '../lib/bundle.js'
import { summary } from '../lib/statistics.js'

const SIZES = { '0.1 MB': 1e5, '1 MB': 1e6, '10 MB': 1e7, '60 MB': 6e7 }
const REPEAT = { '0.1 MB': 100, '1 MB': 50, '10 MB': 10, '60 MB': 3 }

/** Blocks of cells from one process to another: a call of the contract beside the same bytes sent over the bare socket. */
export async function rpc({ options, log }) {
  const [transport, client] = await Promise.all([
    bundle('transport.ts', 'transport'),
    bundle('client.ts', 'client'),
  ])
  const { connect, webSocketPort, WebSocket } = await import(pathToFileURL(client).href)
  const child = spawn(options.node, [transport], { stdio: ['pipe', 'pipe', 'inherit'] })
  try {
    const { value: port } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next()
    const opened = async (path) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { perMessageDeflate: false })
      await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject))
      return socket
    }
    const bare = await opened('/bare')
    const calls = connect(webSocketPort(await opened('/rpc')))
    const engines = {
      zarrscope: (bytes) =>
        calls.call('array.read', { store: 's', path: '', dims: [{ start: 0, step: 1, count: bytes }] }),
      'bare WebSocket': (bytes) =>
        new Promise((resolve) => {
          bare.once('message', resolve)
          bare.send(String(bytes))
        }),
    }
    const operations = {}
    for (const [name, bytes] of Object.entries(SIZES)) {
      const samples = { zarrscope: [], 'bare WebSocket': [] }
      for (let i = 0; i < REPEAT[name] + 2; i++) {
        for (const [engine, ask] of Object.entries(engines)) {
          const start = performance.now()
          await ask(bytes)
          // The first two of each size warm up.
          if (i >= 2) samples[engine].push({ ms: performance.now() - start })
        }
      }
      operations[name] = Object.fromEntries(
        Object.entries(samples).map(([engine, list]) => [engine, summary(list)]),
      )
      log(name)
    }
    calls.close()
    bare.close()
    return { operations }
  } finally {
    child.stdin.end()
  }
}
