import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseOpenArguments } from './arguments'
import { electronBinary, noWindowReason } from './electron-binary'
import { runElectron } from './electron-process'
import { browserCommand } from './serve/open-browser'

describe('arguments', () => {
  const none = {
    paths: [],
    open: true,
    readOnly: false,
    serve: false,
    port: 0,
    host: undefined,
    socket: undefined,
    workers: undefined,
    help: false,
  }

  test.each([
    ['', none],
    ['a.zarr b.zarr', { ...none, paths: ['a.zarr', 'b.zarr'] }],
    ['--no-open --read-only a --serve', { ...none, open: false, readOnly: true, serve: true, paths: ['a'] }],
    ['--port 8080 --host=0.0.0.0 --workers 3', { ...none, port: 8080, host: '0.0.0.0', workers: 3 }],
    ['--socket /run/s', { ...none, socket: '/run/s' }],
    ['-- --no-open', { ...none, paths: ['--no-open'] }],
  ])('%s', (line, expected) => {
    expect(parseOpenArguments(line.split(' ').filter((word) => word !== ''))).toEqual(expected)
  })

  test.each([
    '--nonsense',
    '--port x',
    '--port 70000',
    '--port -1',
    '--port',
    '--no-open=yes',
    '--workers 0',
    '--socket s --port 1',
  ])('%s is refused in one sentence', (line) => {
    expect(() => parseOpenArguments(line.split(' '))).toThrow(expect.objectContaining({ code: 'USAGE' }))
    expect(() => parseOpenArguments(line.split(' '))).toThrow(/^[^\n]+$/)
  })
})

describe('the Electron program', () => {
  let root: string
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'zarrscope-test-'))
  })
  afterEach(() => rm(root, { recursive: true, force: true }))

  test.each(['app/node_modules/electron', 'electron'])(
    'is found in %s when it has been downloaded',
    async (place) => {
      const app = join(root, 'app')
      await mkdir(join(root, place, 'dist'), { recursive: true })
      expect(electronBinary(app, {}, 'linux')).toBeNull()
      await writeFile(join(root, place, 'path.txt'), 'electron')
      expect(electronBinary(app, {}, 'linux')).toBeNull()
      await writeFile(join(root, place, 'dist/electron'), '')
      expect(electronBinary(app, {}, 'linux')).toBe(join(root, place, 'dist/electron'))
    },
  )

  test('may be named by the environment', async () => {
    const env = { ELECTRON_OVERRIDE_DIST_PATH: root }
    expect(electronBinary('/none', env, 'linux')).toBeNull()
    await writeFile(join(root, 'electron'), '')
    expect(electronBinary('/none', env, 'linux')).toBe(join(root, 'electron'))
    await mkdir(join(root, 'Electron.app/Contents/MacOS'), { recursive: true })
    await writeFile(join(root, 'Electron.app/Contents/MacOS/Electron'), '')
    expect(electronBinary('/none', env, 'darwin')).toBe(join(root, 'Electron.app/Contents/MacOS/Electron'))
  })

  test.each([
    [{}, 'linux', 1000, 'there is no display'],
    [{ DISPLAY: ':0' }, 'linux', 0, 'Electron refuses to run as root'],
    [{ WAYLAND_DISPLAY: 'wayland-0' }, 'linux', 1000, null],
    [{}, 'darwin', 501, null],
    [{}, 'win32', undefined, null],
  ] as const)('with %j on %s as user %s: %s', (env, platform, uid, reason) => {
    expect(noWindowReason(env, platform, uid)).toBe(reason)
  })
})

describe.skipIf(process.platform === 'win32')('running Electron', () => {
  test('answers the exit status of a window that was closed', async () => {
    expect(await runElectron('/bin/sh', ['-c', 'exit 0'])).toEqual({ status: 0 })
  })

  test.each([
    [['-c', 'exit 127'], 'Electron did not start (exit status 127)'],
    [['-c', 'kill -TRAP $$'], 'Electron did not start (SIGTRAP)'],
  ])('tells why it did not start: %j', async (args, why) => {
    expect(await runElectron('/bin/sh', args)).toEqual({ why })
  })

  test('tells that it cannot be run at all, and leaves no listener behind', async () => {
    const before = process.listenerCount('SIGTERM')
    expect(await runElectron('/nowhere/electron', [])).toMatchObject({
      why: expect.stringMatching(/cannot be started.*ENOENT/) as string,
    })
    expect(process.listenerCount('SIGTERM')).toBe(before)
  })
})

describe('the browser', () => {
  const url = 'http://127.0.0.1:1/?token=t'
  const desktop = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv, ...files: string[]) => ({
    platform,
    env,
    exists: (file: string) => files.includes(file),
  })

  test.each([
    ['no display', desktop('linux', { PATH: '/bin' }, '/bin/chromium'), null],
    [
      'an app window where the browser can',
      desktop('linux', { DISPLAY: ':0', PATH: '/bin:/usr/bin' }, '/usr/bin/chromium'),
      { file: '/usr/bin/chromium', args: [`--app=${url}`] },
    ],
    [
      'the system’s choice',
      desktop('linux', { WAYLAND_DISPLAY: 'w', PATH: '' }),
      { file: 'xdg-open', args: [url] },
    ],
    ['BROWSER first', desktop('linux', { BROWSER: 'firefox' }), { file: 'firefox', args: [url] }],
    ['a list in BROWSER is not ours to read', desktop('linux', { BROWSER: 'a:b' }), null],
    [
      'macOS with Chrome',
      desktop('darwin', {}, '/Applications/Google Chrome.app'),
      { file: 'open', args: ['-na', 'Google Chrome', '--args', `--app=${url}`] },
    ],
    ['macOS', desktop('darwin', {}), { file: 'open', args: [url] }],
    ['macOS over SSH', desktop('darwin', { SSH_CONNECTION: 'x' }), null],
    [
      'Windows with Edge',
      desktop('win32', { 'PROGRAMFILES(X86)': 'C:\\P' }, 'C:\\P\\Microsoft\\Edge\\Application\\msedge.exe'),
      { file: 'C:\\P\\Microsoft\\Edge\\Application\\msedge.exe', args: [`--app=${url}`] },
    ],
    ['Windows', desktop('win32', {}), { file: 'rundll32', args: ['url.dll,FileProtocolHandler', url] }],
  ])('%s', (_what, where, expected) => {
    expect(browserCommand(url, where)).toEqual(expected)
  })
})
