/** Electron's security checklist, item by item, as far as code of ours decides it. */
import { readFile, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { CHANNELS } from '@shared/rpc/preload-api'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { mainFrame, PAGE, runApp } from '../testing/electron-app'
import { remove, tree } from '../testing/folder-tree'
import { answerAppRequest, APP_SCHEME } from './app-protocol'
import { isOurs } from './security'

let root: string
beforeEach(async () => {
  root = await tree({
    'a.zarr/zarr.json': '{}',
    'out/renderer/index.html': 'window',
    'out/renderer/assets/main.js': 'export {}',
    'out/secret.js': 'secret',
  })
})
afterEach(() => remove(root))

test('the page lives on a secure scheme of its own, whose files carry the content security policy', async () => {
  const { called, handlers } = await runApp(root)
  expect(called('schemes')).toEqual([[[APP_SCHEME]]])
  expect(APP_SCHEME).toMatchObject({ scheme: 'app', privileges: { standard: true, secure: true } })
  expect(APP_SCHEME.privileges).not.toHaveProperty('bypassCSP')
  const handler = handlers.get('protocol app') as unknown as (request: {
    url: string
    method: string
  }) => Promise<Response>
  const response = await handler({ url: PAGE, method: 'GET' })
  expect(await response.text()).toBe('window')
  const policy = response.headers.get('content-security-policy')
  expect(policy).toContain("default-src 'none'; script-src 'self'; ")
  expect(policy).toContain("connect-src 'self'; ")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe|\*|https?:/)
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
})

test.each([
  ['app://bundle/', 'GET', 200],
  ['app://bundle/assets/main.js?v=2#x', 'GET', 200],
  ['app://bundle/assets', 'GET', 404],
  ['app://bundle/../secret.js', 'GET', 404],
  ['app://bundle/..%2fsecret.js', 'GET', 404],
  ['app://bundle/%2e%2e/secret.js', 'GET', 404],
  ['app://bundle/..%5csecret.js', 'GET', 404],
  ['app://bundle/link.js', 'GET', 404],
  ['app://bundle/index.html%00.js', 'GET', 404],
  ['app://bundle/%', 'GET', 404],
  ['app://bundle.evil/index.html', 'GET', 404],
  ['app://evil/index.html', 'GET', 404],
  ['app://user@bundle/index.html', 'GET', 404],
  ['file:///etc/passwd', 'GET', 404],
  ['app://bundle/', 'POST', 404],
])('%s by %s is answered %i', async (url, method, status) => {
  await symlink(join(root, 'out/secret.js'), join(root, 'out/renderer/link.js'))
  expect((await answerAppRequest(join(root, 'out/renderer'), { url, method })).status).toBe(status)
})

test('every window is sandboxed and isolated, without Node and webviews', async () => {
  const { windows, called } = await runApp(root)
  expect(called('enableSandbox')).toHaveLength(1)
  expect(windows[0]?.options.webPreferences).toEqual({
    preload: join(root, 'out/preload/index.cjs'),
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webviewTag: false,
    spellcheck: false,
  })
})

test('every permission is denied', async () => {
  const { handlers } = await runApp(root)
  const decide = vi.fn()
  handlers.get('permissionRequest')?.(...([{}, 'media', decide] as never[]))
  expect(decide).toHaveBeenCalledWith(false)
  expect(handlers.get('permissionCheck')?.(...([null, 'clipboard-read'] as never[]))).toBe(false)
  expect(handlers.get('devicePermission')?.(...([{ deviceType: 'usb' }] as never[]))).toBe(false)
})

test('no page can reach the network or the disk', async () => {
  const { lets, called } = await runApp(root)
  const [[filter]] = called('onBeforeRequest') as [[string[]]]
  expect(filter).toEqual(['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file:///*'])
  expect(lets('https://example.org/track.gif')).toBe(false)
})

describe('downloads', () => {
  async function asked(url: string, filename: string) {
    const app = await runApp(root)
    const event = { preventDefault: vi.fn() }
    const item = { getURL: () => url, getFilename: () => filename, setSaveDialogOptions: vi.fn() }
    app.handlers.get('will-download')?.(...([event, item] as never[]))
    return {
      refused: event.preventDefault.mock.calls.length > 0,
      options: item.setSaveDialogOptions.mock.calls[0],
    }
  }

  test('what the window made itself is saved where a dialog says', async () => {
    const { refused, options } = await asked('blob:app://bundle/1-2-3', 'climate-t.csv')
    expect(refused).toBe(false)
    expect(options).toMatchObject([
      { defaultPath: join('/home/p/downloads', 'climate-t.csv'), filters: [{ extensions: ['csv'] }, {}] },
    ])
  })

  test('a name cannot lead out of the folder', async () => {
    const { options } = await asked('blob:app://bundle/1', '../../.bashrc')
    expect(options).toMatchObject([{ defaultPath: join('/home/p/downloads', '.bashrc') }])
  })

  test.each([
    'https://evil.example/x.exe',
    'blob:app://bundle.evil/1',
    'blob:null/1',
    'data:text/html,x',
    PAGE,
  ])('%s is not downloaded', async (url) => {
    expect(await asked(url, 'x.exe')).toEqual({ refused: true, options: undefined })
  })
})

test('in development only the development server is let through', async () => {
  const { lets, windows } = await runApp(root, { devUrl: 'http://localhost:5173' })
  expect(windows[0]?.url).toBe('http://localhost:5173')
  expect(
    ['http://localhost:5173/x', 'ws://localhost:5173/', 'http://localhost:1/', 'https://evil.example/'].map(
      lets,
    ),
  ).toEqual([true, true, false, false])
})

describe('navigation', () => {
  test.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])(
    '%s off the page is prevented',
    async (name) => {
      const { windows } = await runApp(root)
      const prevented = (url: string): boolean => {
        const event = { url, preventDefault: vi.fn() }
        windows[0]?.webContents.emit(name, event)
        return event.preventDefault.mock.calls.length > 0
      }
      for (const url of [
        'https://evil.example/',
        'file:///etc/passwd',
        'app://evil/index.html',
        'app://bundle.evil/',
        'data:text/html,x',
        'javascript:alert(1)',
        'about:blank',
        'not a url',
      ]) {
        expect([url, prevented(url)]).toEqual([url, true])
      }
      expect(prevented(PAGE)).toBe(false)
    },
  )

  test('new windows and webviews are denied, and open nothing outside', async () => {
    const { windows, called } = await runApp(root)
    for (const url of ['https://example.org', 'file:///etc/passwd', PAGE]) {
      expect(windows[0]?.webContents.openHandler?.({ url })).toEqual({ action: 'deny' })
    }
    const event = { preventDefault: vi.fn() }
    windows[0]?.webContents.emit('will-attach-webview', event)
    expect(event.preventDefault).toHaveBeenCalled()
    expect(called('openExternal')).toEqual([])
  })
})

describe('links to the outside', () => {
  test('are shown whole and opened only after a yes', async () => {
    const app = await runApp(root)
    const client = app.page(app.windows[0])
    const url = 'https://example.org/a?b=c'
    await client.call('host.openExternal', { url })
    expect(app.called('showMessageBox')).toMatchObject([[{ detail: url, defaultId: 0, cancelId: 0 }]])
    expect(app.called('openExternal')).toEqual([])
    app.answers.button = 1
    await client.call('host.openExternal', { url })
    expect(app.called('openExternal')).toEqual([[url]])
    client.close()
  })

  test.each([
    'https://',
    'https://user:pw@example.org/',
    'https://a b/',
    'https:\\\\evil',
    'http://example.org',
    'file:///x',
  ])('%s is refused without a question', async (url) => {
    const app = await runApp(root)
    const client = app.page(app.windows[0])
    await expect(client.call('host.openExternal', { url })).rejects.toMatchObject({ code: 'USAGE' })
    expect(app.called('showMessageBox')).toEqual([])
    client.close()
  })
})

test('a place on the disk is shown by the file manager, which opens nothing', async () => {
  const app = await runApp(root)
  const client = app.page(app.windows[0])
  await client.call('host.reveal', { store: '/d/s.zarr', path: 'a/b' })
  expect(app.called('showItemInFolder')).toEqual([['/d/s.zarr/a/b']])
  await expect(client.call('host.reveal', { store: '/d/s.zarr', path: '../x' })).rejects.toMatchObject({
    code: 'USAGE',
  })
  expect(app.called('showItemInFolder')).toHaveLength(1)
  client.close()
})

describe('messages to the main process', () => {
  const child = { url: PAGE, parent: mainFrame() }
  test.each([
    ['another page', mainFrame('https://evil.example/')],
    ['another host of our scheme', mainFrame('app://evil/index.html')],
    ['a frame inside our page', child],
    ['a frame that is gone', null],
    ['an empty page', mainFrame('about:blank')],
  ])('from %s are not heard', async (_who, frame) => {
    const app = await runApp(root)
    const [window] = app.windows
    expect(isOurs({ senderFrame: frame as never }, 'app://bundle')).toBe(false)
    app.send(CHANNELS.port, window!.webContents, frame)
    app.send(CHANNELS.drop, window!.webContents, frame, [join(root, 'a.zarr')])
    expect(window?.webContents.posted).toEqual([])
    const client = app.page(window)
    expect((await client.call('host.info', {})).open).toEqual([])
    client.close()
  })

  test.each([
    ['text', '/etc'],
    ['nothing', undefined],
    ['a relative path', ['a.zarr']],
    ['an object', [{}]],
    ['too many', Array<string>(33).fill('/x')],
  ])('of a drop that is %s are ignored', async (_what, payload) => {
    const app = await runApp(root)
    app.send(CHANNELS.drop, app.windows[0]!.webContents, mainFrame(), payload)
    const client = app.page(app.windows[0])
    expect((await client.call('host.info', {})).open).toEqual([])
    expect(app.windows).toHaveLength(1)
    client.close()
  })

  test('use two channels, and no more', async () => {
    const { ipcMain } = await runApp(root)
    expect(ipcMain.eventNames()).toEqual([CHANNELS.port, CHANNELS.drop])
  })
})

test('the preload exposes the request for a port and nothing else', async () => {
  const source = await readFile(join(import.meta.dirname, '../../../preload/index.ts'), 'utf8')
  expect(source.match(/exposeInMainWorld/g)).toHaveLength(1)
  expect(source).toContain(
    "const api: PreloadApi = { kind: 'electron', requestPort: () => ipcRenderer.send(CHANNELS.port) }",
  )
  expect(source.match(/ipcRenderer\.\w+/g)).toEqual([
    'ipcRenderer.send',
    'ipcRenderer.on',
    'ipcRenderer.send',
  ])
})
