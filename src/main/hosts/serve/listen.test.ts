import { spawnSync } from 'node:child_process'
import { stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hostIsOurs, parseHost } from './host-names'
import { listen } from './listen'
import { remove, tree } from '../testing/folder-tree'
import { raw, runHost } from '../testing/serve'
import { sameSecret } from './tokens'

let root: string
beforeAll(async () => {
  root = await tree({ 'bundle/index.html': 'window' })
})
afterAll(() => remove(root))

test('the host listens on loopback alone, unless told otherwise', async () => {
  const server = createServer()
  expect(await listen(server, { port: 0, host: undefined, socket: undefined })).toMatch(
    /^http:\/\/127\.0\.0\.1:\d+$/,
  )
  expect(server.address()).toMatchObject({ address: '127.0.0.1' })
  server.close()
})

test('a port that is taken is named', async () => {
  const host = await runHost({ bundle: join(root, 'bundle'), cwd: root })
  const again = runHost({ bundle: join(root, 'bundle'), cwd: root, port: host.port })
  await expect(again).rejects.toMatchObject({ code: 'IO', syscall: 'EADDRINUSE' })
  await expect(again).rejects.toThrow(`127.0.0.1:${host.port}: it is in use`)
  await host.close()
})

test('told to listen on every address, it answers to addresses but not to names', async () => {
  const host = await runHost({ bundle: join(root, 'bundle'), cwd: root, host: '0.0.0.0' })
  expect(host.url).toMatch(/^http:\/\/127\.0\.0\.1:/)
  const status = async (name: string): Promise<number> =>
    (await raw(host.port, `/?token=${host.token}`, { headers: { host: name } })).status
  expect(await status('192.168.3.4:80')).toBe(303)
  expect(await status('evil.example')).toBe(421)
  await host.close()
})

test.each([
  ['127.0.0.1:1', undefined, true],
  ['192.168.3.4', undefined, false],
  ['192.168.3.4:99', '192.168.3.4', true],
  ['192.168.3.5:99', '192.168.3.4', false],
  ['login7.cluster', 'login7.cluster', true],
  ['[fe80::1]:99', '::', true],
  ['999.1.1.1', '0.0.0.0', false],
  ['evil.example', '0.0.0.0', false],
])('the Host %s is ours when listening on %s: %s', (header, address, ours) => {
  expect(hostIsOurs(parseHost(header)!, address)).toBe(ours)
})

test('secrets are compared by their whole', () => {
  expect(sameSecret('abc', 'abc')).toBe(true)
  for (const other of ['', 'ab', 'abcd', 'abC', 'Abc']) expect(sameSecret('abc', other)).toBe(false)
})

describe.skipIf(process.platform === 'win32')('a Unix socket', () => {
  test('serves the same, to its owner only', async () => {
    const socket = join(root, 'sock')
    const host = await runHost({ bundle: join(root, 'bundle'), cwd: root, socket })
    expect((await stat(socket)).mode & 0o777).toBe(0o600)
    expect(host.url).toMatch(/^http:\/\/localhost\/\?token=/)
    const get = (headers: Record<string, string>) => raw(0, '/', { headers, socketPath: socket })
    expect((await get({ host: 'localhost:9000', cookie: `zarrscope-9000=${host.token}` })).status).toBe(200)
    expect((await get({ host: 'localhost:9000' })).status).toBe(403)
    expect((await get({ host: 'evil.example', cookie: `zarrscope-80=${host.token}` })).status).toBe(421)
    await host.close()
  })

  test('takes the place of a dead socket, never of a live one or a file', async () => {
    const path = join(root, 'sock2')
    const script = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`
    spawnSync(process.execPath, ['-e', script])
    expect((await stat(path)).isSocket()).toBe(true)
    const host = await runHost({ bundle: join(root, 'bundle'), cwd: root, socket: path })
    const second = runHost({ bundle: join(root, 'bundle'), cwd: root, socket: path })
    await expect(second).rejects.toThrow(/is in use by another process/)
    await host.close()
    await writeFile(join(root, 'file'), 'precious')
    const onFile = listen(createServer(), {
      port: 0,
      host: undefined,
      socket: join(root, 'file'),
    })
    await expect(onFile).rejects.toThrow(/is not a socket/)
  })
})
