import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { expect, test } from './host'
import { startServe, type ServeProcess } from './serve-process'
import { writeStore } from './stores'

// What the serve host promises to a person with a browser, and against pages of others in that browser.
let host: ServeProcess
test.beforeEach(async ({ folder }) => {
  await writeStore(join(folder, 'a.zarr'))
  host = await startServe({ cwd: folder, stateDir: join(folder, '.state'), args: ['a.zarr'] })
})
test.afterEach(() => host.stop())

const shown = (page: Page) => expect(page.getByRole('tree', { name: 'Explorer' })).toContainText('obs')

test('one line with the address on stdout, nothing on stderr; SIGTERM and SIGINT end it with status 0', async ({
  folder,
}) => {
  expect(host.stdout()).toMatch(/^Zarrscope: http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{32}\n$/)
  expect(host.stderr()).toBe('')
  expect(await host.stop('SIGTERM')).toBe(0)
  const second = await startServe({ cwd: folder, stateDir: join(folder, '.state') })
  expect(await second.stop('SIGINT')).toBe(0)
})

test('the token leaves the address bar and the history, and a reload needs it no more', async ({ page }) => {
  await page.goto(host.url)
  await shown(page)
  expect(page.url()).not.toContain('token')
  expect(await page.evaluate(() => document.cookie)).toBe('')
  await page.reload()
  await shown(page)
})

test('another address is listened on only when named, with a warning', async ({ folder }) => {
  const open = await startServe({
    cwd: folder,
    stateDir: join(folder, '.state'),
    args: ['--host', '0.0.0.0'],
  })
  expect(open.stderr()).toMatch(/^warning: listening on 0\.0\.0\.0: .*SSH tunnel.*\n$/)
  await open.stop()
})

test('the content security policy holds in the page', async ({ page }) => {
  await page.goto(host.url)
  await shown(page)
  const outcome = await page.evaluate(async () => {
    const script = document.createElement('script')
    script.textContent = 'window.ranInline = true'
    document.body.append(script)
    const refused = (work: Promise<unknown>): Promise<string> =>
      work.then(
        () => 'done',
        () => 'refused',
      )
    // In a turn of its own: the tool that runs these lines is allowed to evaluate, the page is not.
    const evaluated = new Promise((resolve, reject) => {
      setTimeout(() => {
        try {
          // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- the page has to refuse it
          resolve(new Function('return 1')())
        } catch {
          reject(new Error('refused'))
        }
      })
    })
    return {
      inline: 'ranInline' in window,
      eval: await refused(evaluated),
      fetch: await refused(fetch('http://127.0.0.1:9/')),
    }
  })
  expect(outcome).toEqual({ inline: false, eval: 'refused', fetch: 'refused' })
})

test('a lost connection is told, and the window comes back when the host does', async ({ page, folder }) => {
  await page.goto(host.url)
  await shown(page)
  const { port } = new URL(host.url)
  await host.stop()
  await expect(page.getByRole('alert').first()).toBeVisible()
  host = await startServe({ cwd: folder, stateDir: join(folder, '.state'), args: ['a.zarr', '--port', port] })
  await page.goto(host.url)
  await shown(page)
})

test.describe('a page of somebody else, open in the same browser', () => {
  let evil: Server
  let origin: string
  test.beforeEach(async () => {
    evil = createServer((_request, response) => {
      response.setHeader('Content-Type', 'text/html')
      response.end('<title>evil</title>')
    })
    await new Promise<void>((done) => evil.listen(0, '127.0.0.1', done))
    origin = `http://127.0.0.1:${(evil.address() as AddressInfo).port}`
  })
  test.afterEach(async () => {
    evil.closeAllConnections()
    await new Promise((done) => evil.close(done))
  })

  test('can neither talk to the engine, read files, frame the window nor run its scripts', async ({
    page,
  }) => {
    await page.goto(host.url)
    await shown(page)
    // Another port of the same machine: the browser sends our cookie along with everything below.
    await page.goto(origin)
    const target = new URL(host.url).origin
    const outcome = await page.evaluate(async (ours) => {
      const event = (element: HTMLElement, name: string): Promise<string> =>
        new Promise((resolve) => {
          element.addEventListener('load', () => resolve(`${name} loaded`))
          element.addEventListener('error', () => resolve(`${name} refused`))
          document.body.append(element)
        })
      const socket = new Promise((resolve) => {
        const ws = new WebSocket(`${ours.replace('http', 'ws')}/rpc`)
        ws.onopen = () => resolve('socket open')
        ws.onerror = () => resolve('socket refused')
      })
      const fetched = fetch(`${ours}/`, { credentials: 'include' }).then(
        () => 'read',
        () => 'fetch refused',
      )
      const image = event(Object.assign(document.createElement('img'), { src: `${ours}/icon.svg` }), 'image')
      return Promise.all([socket, fetched, image])
    }, target)
    expect(outcome).toEqual(['socket refused', 'fetch refused', 'image refused'])
    await page.evaluate((ours) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src: ours }))
    }, target)
    await expect.poll(() => page.frames().length).toBe(2)
    await expect.poll(() => page.frames()[1]?.url()).toMatch(/^chrome-error:/)
  })
})

test('a name that was rebound to this machine is not answered', async ({ launchOptions }) => {
  const { port, search } = new URL(host.url)
  const rebinding = await chromium.launch({
    ...launchOptions,
    args: [...(launchOptions.args ?? []), '--host-resolver-rules=MAP evil.example 127.0.0.1'],
  })
  const page = await rebinding.newPage()
  const response = await page.goto(`http://evil.example:${port}/${search}`)
  expect(response?.status()).toBe(421)
  await rebinding.close()
})
