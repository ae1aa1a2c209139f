import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { HostEvent } from '@shared/model/host'
import { CHANNELS } from '@shared/rpc/preload-api'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { mainFrame, PAGE, runApp } from '../testing/electron-app'
import { fakeElectron } from '../testing/electron-fake'
import { remove, tree } from '../testing/folder-tree'
import { hostOnlyEngine } from '../testing/host-only-engine'
import { RecentStores } from '../recent'
import { startApp } from './app'

let root: string
const at = (path: string): string => join(root, path)
beforeEach(async () => {
  root = await tree({
    'a.zarr/zarr.json': '{}',
    'b.zarr/.zgroup': '{}',
    'c.zarr.zip': '',
    'out/renderer/index.html': 'w',
  })
})
afterEach(() => remove(root))

describe('start', () => {
  test('without a path: one window on the welcome screen, shown when it has painted', async () => {
    const { windows } = await runApp(root)
    expect(windows.map((w) => w.url)).toEqual([PAGE])
    expect(windows[0]?.options.show).toBe(false)
    await vi.waitFor(() => expect(windows[0]?.calls).toEqual(['show']))
  })

  test('with paths: one window each, which are told what to open', async () => {
    const app = await runApp(root, {
      argv: ['zarrscope', 'a.zarr/zarr.json', '--read-only', 'b.zarr', 'a.zarr'],
    })
    expect(app.windows).toHaveLength(2)
    const opened: string[] = []
    for (const window of app.windows) {
      const client = app.page(window)
      const info = await client.call('host.info', {})
      expect(info).toMatchObject({
        kind: 'electron',
        dialogs: true,
        readOnly: true,
        version: '1.2.3',
        workers: 2,
      })
      for (const ticket of info.open) opened.push((await client.call('store.open', { ticket })).path)
      client.close()
    }
    expect(opened).toEqual([at('a.zarr'), at('b.zarr')])
  })

  test('a development run skips the argument that names the program', async () => {
    const app = await runApp(root, { packaged: false, argv: ['electron', '.', 'a.zarr'] })
    expect(app.windows).toHaveLength(1)
    const client = app.page(app.windows[0])
    expect((await client.call('host.info', {})).open).toHaveLength(1)
    client.close()
  })

  test('a second instance hands its paths to the first and quits', async () => {
    const { called, windows } = await runApp(root, { lock: false, argv: ['zarrscope', 'a.zarr'] })
    expect(called('requestSingleInstanceLock')).toEqual([[{ paths: [at('a.zarr')] }]])
    expect(called('quit')).toHaveLength(1)
    expect(windows).toEqual([])
  })

  test('the engine is closed before the program ends', async () => {
    const { app, engine, called } = await runApp(root)
    const event = { preventDefault: vi.fn() }
    app.emit('will-quit', event)
    expect(event.preventDefault).toHaveBeenCalled()
    await vi.waitFor(() => expect(called('exit')).toHaveLength(1))
    expect(engine.closed).toEqual(['engine'])
  })

  test.each([
    ['linux', 1],
    ['win32', 1],
    ['darwin', 0],
  ] as const)('on %s closing the last window quits %i times', async (platform, times) => {
    const { app, called } = await runApp(root, { platform })
    app.emit('window-all-closed')
    expect(called('quit')).toHaveLength(times)
  })

  test('on macOS a click on the dock brings a window back', async () => {
    const { app, windows } = await runApp(root, { platform: 'darwin' })
    app.emit('activate')
    expect(windows).toHaveLength(1)
    windows[0]?.close()
    app.emit('activate')
    expect(windows).toHaveLength(1)
  })
})

describe('stores that come from outside', () => {
  test('a document double-clicked before the program is ready', async () => {
    const fake = fakeElectron()
    const started = startApp(fake.electron, {
      outDir: at('out/main'),
      argv: ['zarrscope'],
      cwd: root,
      version: '1',
      recent: new RecentStores(at('state')),
      engine: async () => hostOnlyEngine(),
      platform: 'darwin',
    })
    const event = { preventDefault: vi.fn() }
    fake.app.emit('open-file', event, at('a.zarr'))
    await started
    expect(event.preventDefault).toHaveBeenCalled()
    expect(fake.windows).toHaveLength(1)
  })

  test('go to an idle window first, then to new ones; an open store comes to the front', async () => {
    const app = await runApp(root, { platform: 'darwin' })
    const [first] = app.windows
    const client = app.page(first)
    const heard: HostEvent[] = []
    client.call('host.events', {}, { onProgress: (event) => heard.push(event) }).catch(() => undefined)
    await client.call('host.info', {})

    app.app.emit('open-file', { preventDefault: () => undefined }, at('a.zarr'))
    await vi.waitFor(() => expect(heard).toHaveLength(1))
    const [event] = heard
    if (event?.kind !== 'open') throw new Error('an open event was expected')
    expect((await client.call('store.open', { ticket: event.ticket })).path).toBe(at('a.zarr'))
    expect(app.called('addRecentDocument')).toEqual([[at('a.zarr')]])
    expect(first?.calls).toContain(`represents ${at('a.zarr')}`)

    app.app.emit('second-instance', {}, [], '/', { paths: [at('b.zarr')] })
    await vi.waitFor(() => expect(app.windows).toHaveLength(2))
    await symlink(at('a.zarr'), at('link.zarr'))
    if (first) first.minimized = true
    app.app.emit('second-instance', {}, [], '/', { paths: [at('link.zarr')] })
    await vi.waitFor(() => expect(first?.calls.slice(-2)).toEqual(['restore', 'focus']))
    expect(app.windows).toHaveLength(2)
    client.close()
  })

  test.each([undefined, null, {}, { paths: 'a' }, { paths: [1] }])(
    'a second instance that says %j only brings a window to the front',
    async (data) => {
      const app = await runApp(root)
      app.app.emit('second-instance', {}, ['zarrscope', 'a.zarr'], root, data)
      expect(app.windows[0]?.calls).toContain('focus')
      expect(app.windows).toHaveLength(1)
    },
  )

  test('a window that failed to open its store is idle again', async () => {
    const app = await runApp(root, { argv: ['zarrscope', 'a.zarr'] })
    const client = app.page(app.windows[0])
    await expect(client.call('store.open', { ticket: 'made up' })).rejects.toMatchObject({ code: 'USAGE' })
    app.app.emit('second-instance', {}, [], '/', { paths: [at('b.zarr')] })
    await vi.waitFor(async () => expect((await client.call('host.info', {})).open).toHaveLength(1))
    expect(app.windows).toHaveLength(1)
    client.close()
  })

  test('dropped paths open like documents, a metadata file standing for its node', async () => {
    const app = await runApp(root, { argv: ['zarrscope', 'b.zarr'] })
    app.send(CHANNELS.drop, app.windows[0]!.webContents, mainFrame(), [
      at('a.zarr/zarr.json'),
      at('c.zarr.zip'),
    ])
    await vi.waitFor(() => expect(app.windows).toHaveLength(3))
    const client = app.page(app.windows[1])
    const { open } = await client.call('host.info', {})
    expect((await client.call('store.open', { ticket: open[0]! })).path).toBe(at('a.zarr'))
    client.close()
  })
})

describe('a window', () => {
  test('picks through the host’s dialog, gets a ticket, and opens with it; cancelling is null', async () => {
    const app = await runApp(root)
    const client = app.page(app.windows[0])
    expect(await client.call('host.pick', { kind: 'folder' })).toBeNull()
    app.answers.paths = [at('a.zarr')]
    const picked = await client.call('host.pick', { kind: 'folder' })
    expect(picked?.ticket).not.toContain('a.zarr')
    expect((await client.call('store.open', picked!)).path).toBe(at('a.zarr'))
    expect(await client.call('host.recent', {})).toMatchObject([
      { path: at('a.zarr'), ticket: picked!.ticket },
    ])

    app.answers.paths = [at('b.zarr')]
    expect(await client.call('host.pick', { kind: 'zip' })).toBeNull()
    expect(app.windows).toHaveLength(2)
    client.close()
  })

  test('asks for files and places to write to; what is picked to read is not for writing', async () => {
    const app = await runApp(root)
    const client = app.page(app.windows[0])
    expect(await client.call('host.pick', { kind: 'file', extensions: ['npy'] })).toBeNull()
    expect(await client.call('host.pick', { kind: 'saveFolder' })).toBeNull()
    app.answers.paths = [at('a.zarr')]
    const read = await client.call('host.pick', { kind: 'file', extensions: ['npy', 'csv'] })
    const write = await client.call('host.pick', { kind: 'saveFile', extensions: ['npy'], name: 'out.npy' })
    expect(app.called('showOpenDialog').at(-1)).toMatchObject([
      { properties: ['openFile'], filters: [{ extensions: ['npy', 'csv'] }, { extensions: ['*'] }] },
    ])
    expect(app.called('showSaveDialog').at(-1)).toMatchObject([{ defaultPath: 'out.npy' }])
    expect(read).toMatchObject({ path: at('a.zarr'), exists: true })
    expect(write?.ticket).not.toBe(read?.ticket)
    expect(app.windows).toHaveLength(1)
    app.answers.paths = [at('gone.npy')]
    expect(await client.call('host.pick', { kind: 'saveFile' })).toMatchObject({ exists: false })
    await expect(client.call('host.target', { folder: '/', name: 'x' })).rejects.toMatchObject({
      code: 'USAGE',
    })
    for (const name of ['../x', 'a/b', '.hidden', ''])
      await expect(client.call('host.pick', { kind: 'saveFile', name })).rejects.toMatchObject({
        code: 'USAGE',
      })
    client.close()
  })

  test('cannot open a path, only a ticket of this host', async () => {
    const client = await runApp(root).then((app) => app.page(app.windows[0]))
    for (const ticket of [at('a.zarr'), '', '../a.zarr', 'file:///etc/passwd']) {
      await expect(client.call('store.open', { ticket })).rejects.toMatchObject({ code: 'USAGE' })
    }
    await expect(client.call('host.list', { path: '/' })).rejects.toMatchObject({ code: 'USAGE' })
    client.close()
  })

  test('that asks for a store of another window sees that one come to the front', async () => {
    const app = await runApp(root, { argv: ['zarrscope', 'a.zarr'] })
    const [first] = app.windows
    const one = app.page(first)
    const [ticket] = (await one.call('host.info', {})).open
    await one.call('store.open', { ticket: ticket! })
    app.app.emit('second-instance', {}, [], '/', { paths: [at('b.zarr')] })
    await vi.waitFor(() => expect(app.windows).toHaveLength(2))
    const other = app.page(app.windows[1])
    await expect(other.call('store.open', { ticket: ticket! })).rejects.toMatchObject({ code: 'ABORTED' })
    expect(first?.calls).toContain('focus')
    one.close()
    other.close()
  })

  test('that is loaded anew gets a new port, loses the old one, and knows what it had open', async () => {
    const app = await runApp(root, { argv: ['zarrscope', 'a.zarr'] })
    const before = app.page(app.windows[0])
    const { open } = await before.call('host.info', {})
    await before.call('store.open', { ticket: open[0]! })
    const lost = new Promise<void>((resolve) => before.onClose(resolve))
    const after = app.page(app.windows[0])
    await lost
    expect(app.engine.closed).toEqual(['client'])
    expect((await after.call('host.info', {})).open).toEqual(open)
    await after.call('store.close', { store: at('a.zarr') })
    expect((await after.call('host.info', {})).open).toEqual([])
    after.close()
  })

  test.each([
    ['closes when the person agrees', 0, 1],
    ['stays otherwise', 1, 0],
  ])('with unfinished work asks, and %s', async (_what, button, times) => {
    const app = await runApp(root)
    app.answers.button = button
    const event = { preventDefault: vi.fn() }
    app.windows[0]?.webContents.emit('will-prevent-unload', event)
    expect(event.preventDefault).toHaveBeenCalledTimes(times)
    expect(app.called('showMessageBoxSync')).toMatchObject([
      [{ detail: expect.stringMatching(/edits.*jobs/) as string, defaultId: 1, cancelId: 1 }],
    ])
  })

  test('that crashed offers to load itself anew', async () => {
    const app = await runApp(root)
    app.windows[0]?.webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    await vi.waitFor(() => expect(app.windows[0]?.calls).toContain('reload'))
    app.windows[0]?.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' })
    expect(app.called('showMessageBox')).toHaveLength(1)
  })
})
