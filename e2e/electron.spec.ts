import { _electron, expect, test } from '@playwright/test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findElectron } from './electron-binary'
import { writeStore } from './stores'

// What only the real Electron can show; everything else runs from the shared specs.
const electron = findElectron()
test.skip('why' in electron, 'why' in electron ? electron.why : '')

let folder: string
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zarrscope-electron-'))
  await writeStore(join(folder, 'a.zarr'))
})
test.afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

const launch = (...args: string[]) =>
  _electron.launch({
    executablePath: 'file' in electron ? electron.file : '',
    args: [
      join(import.meta.dirname, '..'),
      `--user-data-dir=${join(folder, '.electron')}`,
      ...(process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...args,
    ],
    cwd: folder,
    env: { ...(process.env as Record<string, string>), ZARRSCOPE_STATE_DIR: join(folder, '.state') },
  })

test('a store on the command line opens in an isolated, sandboxed window on app://bundle', async () => {
  const app = await launch('a.zarr')
  const page = await app.firstWindow()
  await expect(page.getByRole('tree', { name: 'Explorer' })).toContainText('obs')
  expect(page.url()).toBe('app://bundle/index.html')
  const reach = await page.evaluate(() => {
    const names = ['require', 'process', 'module', 'Buffer', 'global', 'zarrscopeHost'] as const
    return names.map((name) => typeof (globalThis as Record<string, unknown>)[name])
  })
  expect(reach).toEqual(['undefined', 'undefined', 'undefined', 'undefined', 'undefined', 'object'])
  const exposed = await page.evaluate(() =>
    Object.keys((globalThis as never as { zarrscopeHost: object }).zarrscopeHost),
  )
  expect(exposed.sort()).toEqual(['kind', 'requestPort'])
  await app.close()
})

test('the page can neither navigate away, open windows, reach the network nor run inline scripts', async () => {
  const app = await launch()
  const page = await app.firstWindow()
  await expect(page.getByRole('button', { name: /Open folder/ })).toBeVisible()
  const outcome = await page.evaluate(async () => {
    const opened = window.open('https://example.org')
    const fetched = await fetch('https://example.org').then(
      () => 'fetched',
      () => 'refused',
    )
    const script = document.createElement('script')
    script.textContent = 'window.ranInline = true'
    document.body.append(script)
    location.href = 'https://example.org'
    // Nothing announces a navigation that is refused: this is the time one would take.
    await new Promise((done) => setTimeout(done, 300))
    return { opened: opened === null, fetched, inline: 'ranInline' in window, href: location.href }
  })
  expect(outcome).toEqual({
    opened: true,
    fetched: 'refused',
    inline: false,
    href: 'app://bundle/index.html',
  })
  expect(app.windows()).toHaveLength(1)
  await app.close()
})

test('a second start hands its store to the first, which opens a window of its own for it', async () => {
  await writeStore(join(folder, 'b.zarr'))
  const app = await launch('a.zarr')
  await app.firstWindow()
  const opening = app.waitForEvent('window')
  const second = await launch('b.zarr').catch(() => null)
  const page = await opening
  await expect(page.getByRole('tree', { name: 'Explorer' })).toContainText('obs')
  await second?.close().catch(() => undefined)
  await app.close()
})

test('closing the last window ends the program where the system expects it', async () => {
  test.skip(process.platform === 'darwin', 'on macOS programs stay without a window')
  const app = await launch('a.zarr')
  const page = await app.firstWindow()
  const ended = new Promise((done) => app.process().once('exit', done))
  await page.close()
  expect(await ended).toBe(0)
})
