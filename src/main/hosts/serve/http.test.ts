import { symlink } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { remove, tree } from '../testing/folder-tree'
import { raw, runHost, type RunningHost } from '../testing/serve'

let root: string
let host: RunningHost
beforeAll(async () => {
  root = await tree({
    'bundle/index.html': '<p>window</p>',
    'bundle/assets/main.js': 'export {}',
    'bundle/secret': 'no extension',
    'outside.txt': 'outside',
    'data/': '',
  })
  await symlink(join(root, 'outside.txt'), join(root, 'bundle/link.txt'))
  host = await runHost({ bundle: join(root, 'bundle'), cwd: join(root, 'data') })
})
afterAll(async () => {
  await host.close()
  await remove(root)
})

const get = (path: string, headers: Record<string, string> = {}) => raw(host.port, path, { headers })
const known = (): Record<string, string> => ({ cookie: host.cookie })

describe('token and cookie', () => {
  test('nothing is answered without them', async () => {
    for (const path of ['/', '/index.html', '/assets/main.js', '/rpc', '/nothing']) {
      const { status, body } = await get(path)
      expect([path, status]).toEqual([path, 403])
      expect(body).toContain('Open the address that zarrscope printed')
    }
  })

  test('the token has 192 bits and differs from run to run', async () => {
    expect(Buffer.from(host.token, 'base64url')).toHaveLength(24)
    const other = await runHost({ bundle: join(root, 'bundle'), cwd: root })
    await other.close()
    expect(other.token).not.toBe(host.token)
  })

  test('the token is exchanged for a cookie and leaves the address', async () => {
    const { status, headers, body } = await get(`/?token=${host.token}`)
    expect({ status, body }).toEqual({ status: 303, body: '' })
    expect(headers['location']).toBe('/')
    expect(headers['set-cookie']).toEqual([`${host.cookie}; HttpOnly; SameSite=Strict; Path=/`])
    expect((await get('/', known())).body).toBe('<p>window</p>')
  })

  test.each([['wrong'], [''], ['%00'], ['x'.repeat(10_000)]])('the token %j is refused', async (token) => {
    expect((await get(`/?token=${token}`)).status).toBe(403)
    expect((await get(`/?token=${token}`)).headers['set-cookie']).toBeUndefined()
  })

  test('the token is taken at the root only, and other cookies are none', async () => {
    expect((await get(`/index.html?token=${host.token}`)).status).toBe(403)
    expect((await get('/', { cookie: `other=${host.token}` })).status).toBe(403)
    expect((await get('/', { cookie: `zarrscope-${host.port}=${host.token.slice(0, -1)}` })).status).toBe(403)
    expect((await get('/', { cookie: `a=b; ${host.cookie}; c=d` })).status).toBe(200)
  })

  test('a pass is good for one use', async () => {
    const { pathname, search } = new URL(host.passUrl())
    expect(search).not.toContain(host.token)
    const first = await get(pathname + search)
    expect(first.headers['set-cookie']?.[0]).toContain(host.cookie)
    expect((await get(pathname + search)).status).toBe(403)
  })
})

describe('Host header (DNS rebinding)', () => {
  test.each([
    'evil.example',
    'evil.example:80',
    '127.0.0.1.evil.example',
    'localhost.evil.example:1',
    '127.0.0.1@evil.example',
    '127.0.0.2',
    '0.0.0.0',
    '[::2]',
    'localhost:',
    'localhost:123456',
  ])('%j is refused even with token and cookie', async (name) => {
    expect((await get('/', { ...known(), host: name })).status).toBe(421)
    expect((await get(`/?token=${host.token}`, { host: name })).status).toBe(421)
  })

  test.each(['GET / HTTP/1.0\r\n\r\n', 'GET / HTTP/1.0\r\nHost:\r\n\r\n'])(
    '%j is refused',
    async (request) => {
      const answer = await new Promise<string>((done) => {
        let text = ''
        const socket = connect(host.port, '127.0.0.1', () => socket.write(request))
        socket.on('data', (bytes) => (text += bytes.toString())).on('close', () => done(text))
      })
      expect(answer).toMatch(/^HTTP\/1.1 421 /)
    },
  )

  test('loopback names pass with any port, as an SSH tunnel needs, each with its own cookie', async () => {
    for (const name of ['localhost:9000', '[::1]:9000', 'LOCALHOST:9000', '127.0.0.1:9000']) {
      expect((await get('/', { cookie: `zarrscope-9000=${host.token}`, host: name })).status).toBe(200)
      expect((await get('/', { ...known(), host: name })).status).toBe(403)
    }
    const { headers } = await get(`/?token=${host.token}`, { host: 'localhost:9000' })
    expect(headers['set-cookie']?.[0]).toMatch(/^zarrscope-9000=/)
  })

  test('an absolute request target does not replace the header', async () => {
    expect((await get('http://127.0.0.1/index.html', known())).status).toBe(404)
  })
})

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])(
  '%s is refused, with no CORS headers',
  async (method) => {
    const { status, headers } = await raw(host.port, '/', {
      method,
      headers: { ...known(), origin: 'http://evil.example' },
    })
    expect([status, headers['allow']]).toEqual([405, 'GET, HEAD'])
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  },
)

test('HEAD answers headers without a body', async () => {
  const { status, headers, body } = await raw(host.port, '/', { method: 'HEAD', headers: known() })
  expect({ status, body, length: headers['content-length'] }).toEqual({ status: 200, body: '', length: '13' })
})

test.each([
  '/../outside.txt',
  '/%2e%2e/outside.txt',
  '/..%2foutside.txt',
  '/%252e%252e/outside.txt',
  '/..%5coutside.txt',
  '/assets/../../outside.txt',
  '/assets/..%2f..%2foutside.txt',
  '/./index.html',
  '//index.html',
  '//etc/passwd',
  '/%00',
  '/index.html%00.js',
  '/%ff',
  '/%',
  '/c:/windows/win.ini',
  '/assets',
  '/assets/',
  '/link.txt',
  '/nothing.js',
])('the path %s names no file of the window', async (path) => {
  const { status, body } = await get(path, known())
  expect(status).toBe(404)
  expect(body).not.toContain('outside')
})

test('a path is decoded once, and a query does not matter', async () => {
  expect((await get('/assets%2fmain.js?v=1', known())).body).toBe('export {}')
  expect((await get('/index.html?../../x', known())).status).toBe(200)
})

test('every answer carries the protective headers', async () => {
  for (const [path, headers] of [
    ['/', known()],
    ['/', {}],
    ['/nothing', known()],
    ['/', { host: 'evil.example' }],
    [`/?token=${host.token}`, {}],
  ] as [string, Record<string, string>][]) {
    const answer = await get(path, headers)
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    })
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'; ")
    expect(answer.headers['content-security-policy']).not.toMatch(/unsafe-eval|script-src[^;]*unsafe|\*/)
  }
  const { headers } = await get('/', known())
  expect(headers['content-security-policy']).toContain(`connect-src 'self' ws://127.0.0.1:${host.port};`)
  expect(headers['content-type']).toBe('text/html; charset=utf-8')
})

test('bytes that are no HTTP, and a client that hangs up, leave the host alive', async () => {
  await new Promise((done) => {
    const socket = connect(host.port, '127.0.0.1', () => socket.write('\u0000\u0001 rubbish\r\n\r\n'))
    socket.on('close', done).on('error', () => undefined)
    socket.resume()
  })
  await new Promise((done) => {
    const socket = connect(host.port, '127.0.0.1', () => {
      socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`)
      socket.destroy()
    })
    socket.on('close', done)
  })
  expect((await get('/', known())).status).toBe(200)
})
