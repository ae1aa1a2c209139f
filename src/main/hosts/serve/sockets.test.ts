import { once } from 'node:events'
import { join } from 'node:path'
import { connect } from '@shared/rpc/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { webSocketPort } from '../ports/web-socket'
import { MAX_PAYLOAD } from './sockets'
import { remove, tree } from '../testing/folder-tree'
import { hostOnlyEngine } from '../testing/host-only-engine'
import { raw, runHost, UPGRADE, type RunningHost } from '../testing/serve'

let root: string
let host: RunningHost
beforeAll(async () => {
  root = await tree({
    'bundle/index.html': 'window',
    'data/a.zarr/zarr.json': '{}',
    'other/b.zarr/zarr.json': '{}',
  })
  host = await runHost({ bundle: join(root, 'bundle'), cwd: join(root, 'data') })
})
afterAll(async () => {
  await host.close()
  await remove(root)
})

const ours = (): Record<string, string> => ({
  host: `127.0.0.1:${host.port}`,
  origin: `http://127.0.0.1:${host.port}`,
  cookie: host.cookie,
})
const upgrade = async (headers: Record<string, string>, path = '/rpc'): Promise<number> =>
  (await raw(host.port, path, { headers: { ...UPGRADE, ...headers } })).status

async function open(): Promise<WebSocket> {
  const { cookie, origin } = ours()
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, { headers: { cookie }, origin: origin! })
  await once(socket, 'open')
  return socket
}
const closed = async (socket: WebSocket): Promise<number> => {
  const [code] = (await once(socket, 'close')) as [number]
  return code
}

test('a window with cookie, our Host and our Origin is let in', async () => {
  expect(await upgrade(ours())).toBe(101)
  const tunnel = {
    host: 'localhost:9000',
    origin: 'http://localhost:9000',
    cookie: `zarrscope-9000=${host.token}`,
  }
  expect(await upgrade(tunnel)).toBe(101)
})

test.each<[string, Record<string, string>, number]>([
  ['no cookie', { cookie: '' }, 403],
  ['a wrong cookie', { cookie: 'zarrscope-1=x' }, 403],
  ['another site', { origin: 'http://evil.example' }, 403],
  ['another port of this machine', { origin: 'http://127.0.0.1:1' }, 403],
  ['another name of this machine', { origin: 'http://localhost' }, 403],
  ['an opaque origin', { origin: 'null' }, 403],
  ['an origin that only begins like ours', { origin: 'http://127.0.0.1:1.evil.example' }, 403],
  ['a rebound name', { host: 'evil.example', origin: 'http://evil.example' }, 421],
])('%s is refused', async (_what, change, status) => {
  expect(await upgrade({ ...ours(), ...change })).toBe(status)
})

test('a missing Origin is refused, and so are other paths', async () => {
  const { host: name, cookie } = ours()
  expect(await upgrade({ host: name!, cookie: cookie! })).toBe(403)
  for (const path of ['/', '/rpc/', '/rpc?x', '/other', `/rpc?token=${host.token}`]) {
    expect(await upgrade(ours(), path)).toBe(404)
  }
})

test('compression is not agreed to', async () => {
  const { cookie, origin } = ours()
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, {
    headers: { cookie },
    origin: origin!,
    perMessageDeflate: true,
  })
  await once(socket, 'open')
  expect(socket.extensions).toBe('')
  socket.terminate()
})

test.each<[string, string | Uint8Array, number]>([
  ['text', '{"t":"call"}', 1003],
  ['bytes that are no frame', new Uint8Array([255, 255, 255, 255, 1]), 1007],
  ['a message above the limit', new Uint8Array(MAX_PAYLOAD + 1), 1009],
])('%s closes that window and no other', async (_what, message, code) => {
  const [bad, good] = await Promise.all([open(), open()])
  bad.send(message)
  expect(await closed(bad)).toBe(code)
  expect(await connect(webSocketPort(good)).call('host.info', {})).toMatchObject({ kind: 'serve' })
  good.terminate()
})

test('the contract runs: facts of the host, folders below the roots, stores below the roots, a recent list', async () => {
  const client = connect(webSocketPort(await open()))
  const info = await client.call('host.info', {})
  expect(info).toMatchObject({
    kind: 'serve',
    version: '1.2.3',
    workers: 2,
    dialogs: false,
    open: [],
    readOnly: false,
  })
  const { entries } = await client.call('host.list', {})
  expect(entries).toEqual([{ name: 'a.zarr', path: join(root, 'data/a.zarr'), kind: 'store' }])
  await client.call('store.open', { ticket: join(root, 'data/a.zarr') })
  const recent = await client.call('host.recent', {})
  expect(recent).toMatchObject([{ name: 'a.zarr', ticket: join(root, 'data/a.zarr'), missing: false }])
  expect(recent[0]).not.toHaveProperty('nbytesStored')
  await client.call('node.storage', { store: join(root, 'data/a.zarr'), path: 'part' })
  expect((await client.call('host.recent', {}))[0]).not.toHaveProperty('nbytesStored')
  await client.call('node.storage', { store: join(root, 'data/a.zarr'), path: '' })
  expect((await client.call('host.recent', {}))[0]).toMatchObject({ nbytesStored: 1234 })
  for (const ticket of [
    join(root, 'other/b.zarr'),
    'a.zarr',
    '',
    '/etc',
    join(root, 'data/../other/b.zarr'),
  ]) {
    await expect(client.call('store.open', { ticket })).rejects.toMatchObject({ code: 'USAGE' })
    await expect(client.call('host.list', { path: ticket })).rejects.toMatchObject({ code: 'USAGE' })
  }
  await expect(client.call('host.pick', { kind: 'folder' })).rejects.toMatchObject({ code: 'USAGE' })
  const reveal = client.call('host.reveal', { store: join(root, 'data/a.zarr'), path: '' })
  await expect(reveal).rejects.toThrow('no file manager')
  client.close()
})

test('a window that is gone has its stores closed; closing the host closes its windows', async () => {
  const engine = hostOnlyEngine()
  const other = await runHost({ bundle: join(root, 'bundle'), cwd: root, engine })
  const socket = new WebSocket(`ws://127.0.0.1:${other.port}/rpc`, {
    headers: { cookie: other.cookie },
    origin: `http://127.0.0.1:${other.port}`,
  })
  await once(socket, 'open')
  const gone = closed(socket)
  await other.close()
  expect(await gone).toBe(1006)
  expect(engine.closed).toEqual(['client'])
})
