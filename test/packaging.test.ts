/**
 * What the packages contain, seen by building them on stand-ins for Electron: unpacked for Linux and macOS, with a
 * small bundle of our own. That they run is shown only where the real Electron is.
 */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { APP_ID } from '../src/main/hosts/electron/app'

const project = join(import.meta.dirname, '..')
/** Marks where Electron keeps its fuses: version, count, then one character each. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const BLANK_FUSES = Buffer.concat([
  Buffer.from(`…${SENTINEL}`),
  Buffer.from([1, 9]),
  Buffer.from('000000000…'),
])
const IN_ORDER = [
  ['runAsNode', '0'],
  ['cookieEncryption', '1'],
  ['nodeOptions', '0'],
  ['nodeCliInspect', '0'],
  ['asarIntegrity', '1'],
  ['onlyLoadAppFromAsar', '1'],
  ['browserProcessSnapshot', '0'],
  ['fileProtocolPrivileges', '0'],
] as const

let root: string
const at = (path: string): string => join(root, path)
function put(path: string, content: string | Buffer): void {
  mkdirSync(dirname(at(path)), { recursive: true })
  writeFileSync(at(path), content, { mode: 0o755 })
}

function plist(name: string): string {
  const keys = {
    CFBundleExecutable: name,
    CFBundleName: name,
    CFBundleIdentifier: 'x',
    CFBundlePackageType: 'APPL',
  }
  const lines = Object.entries(keys).map(([key, value]) => `<key>${key}</key><string>${value}</string>`)
  return `<?xml version="1.0" encoding="UTF-8"?><plist version="1.0"><dict>${lines.join('')}</dict></plist>`
}

function standIns(): void {
  put('electron-linux/electron', BLANK_FUSES)
  for (const name of ['version', 'LICENSE', 'LICENSES.chromium.html']) put(`electron-linux/${name}`, 'x')
  const apps = [
    'Electron',
    'Electron Helper',
    'Electron Helper (GPU)',
    'Electron Helper (Plugin)',
    'Electron Helper (Renderer)',
  ]
  for (const name of apps) {
    const app =
      name === 'Electron'
        ? 'electron-mac/Electron.app'
        : `electron-mac/Electron.app/Contents/Frameworks/${name}.app`
    put(`${app}/Contents/Info.plist`, plist(name))
    put(`${app}/Contents/MacOS/${name}`, 'x')
  }
  put('electron-mac/Electron.app/Contents/Resources/electron.icns', 'x')
  put(
    'electron-mac/Electron.app/Contents/Frameworks/Electron Framework.framework/Electron Framework',
    BLANK_FUSES,
  )
}

function pack(platform: 'linux' | 'mac', ...options: string[]): void {
  const done = spawnSync(
    process.execPath,
    [
      join(project, 'node_modules/electron-builder/cli.js'),
      ...['--projectDir', root, `--${platform}`, 'dir', '--x64', '--publish', 'never'],
      ...[`-c.electronDist=electron-${platform}`, '-c.npmRebuild=false', ...options],
    ],
    { encoding: 'utf8', timeout: 100_000 },
  )
  if (done.status !== 0) throw new Error(`electron-builder failed: ${done.stdout}${done.stderr}`)
}

const fusesOf = (file: string): string => {
  const text = readFileSync(at(file), 'latin1')
  const start = text.indexOf(SENTINEL) + SENTINEL.length + 2
  return text.slice(start, start + IN_ORDER.length)
}

interface AsarNode {
  files?: Record<string, AsarNode>
}
/** Paths in an asar archive: four 32-bit lengths, then a JSON header. */
function filesOf(archive: string): string[] {
  const bytes = readFileSync(at(archive))
  const header = JSON.parse(bytes.toString('utf8', 16, 16 + bytes.readUInt32LE(12))) as AsarNode
  const walk = (node: AsarNode, path: string): string[] =>
    node.files
      ? Object.entries(node.files).flatMap(([name, child]) => walk(child, `${path}/${name}`))
      : [path]
  return walk(header, '').sort()
}

const BUNDLE = [
  '/out/main/chunks/engine.js',
  '/out/main/index.js',
  '/out/preload/index.cjs',
  '/out/renderer/index.html',
]

describe.skipIf(process.platform === 'win32')('packages', { timeout: 120_000 }, () => {
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'zarrscope-pack-'))
    const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')) as {
      devDependencies: { electron: string }
    }
    const { electron } = manifest.devDependencies
    // Dependencies are bundled; the packager would miss them here.
    put('package.json', JSON.stringify({ ...manifest, dependencies: {}, devDependencies: { electron } }))
    cpSync(join(project, 'electron-builder.yml'), at('electron-builder.yml'))
    cpSync(join(project, 'resources'), at('resources'), { recursive: true })
    for (const file of BUNDLE) put(file, 'x')
    put('out/main/index.js.map', 'x')
    put('out/types/main/library.d.ts', 'x')
    put('node_modules/left-over/index.js', 'x')
    put('src/main/index.ts', 'x')
    standIns()
    pack('linux')
    pack('mac', '-c.mac.identity=null')
  }, 240_000)
  afterAll(() => rmSync(root, { recursive: true, force: true }))

  test.each(['dist/linux-unpacked/resources/app.asar', 'dist/mac/Zarrscope.app/Contents/Resources/app.asar'])(
    '%s holds the bundle and nothing else: no sources, maps, declarations or node_modules',
    (archive) => {
      expect(filesOf(archive)).toEqual([...BUNDLE, '/package.json', '/resources/icon.png'])
    },
  )

  test.each([
    'dist/linux-unpacked/zarrscope',
    'dist/mac/Zarrscope.app/Contents/Frameworks/Electron Framework.framework/Electron Framework',
  ])('the fuses of %s are set', (file) => {
    const fuses = fusesOf(file)
    expect(IN_ORDER.map(([name], i) => [name, fuses[i]])).toEqual(IN_ORDER)
  })

  test('on macOS *.zarr folders are documents, any folder can be opened, and neither by default', () => {
    const info = readFileSync(at('dist/mac/Zarrscope.app/Contents/Info.plist'), 'utf8').replace(
      />\s+</g,
      '><',
    )
    expect(info).toContain(`<key>CFBundleIdentifier</key><string>${APP_ID}</string>`)
    const [, types = ''] = /<key>CFBundleDocumentTypes<\/key><array>(.*?<\/dict>)<\/array>/.exec(info) ?? []
    const entries = types.split('</dict>').filter((entry) => entry !== '')
    expect(entries).toHaveLength(3)
    for (const entry of entries) expect(entry).toContain('<key>LSHandlerRank</key><string>Alternate</string>')
    const of = (text: string): string => entries.find((entry) => entry.includes(text)) ?? ''
    expect(of('<string>zarr</string>')).toContain('<key>LSTypeIsPackage</key><true/>')
    expect(of('<string>public.folder</string>')).toContain(
      '<key>CFBundleTypeName</key><string>Folder</string>',
    )
    expect(of('<string>ozx</string>')).not.toBe('')
  })

  test('on Linux the actions of the file managers come along', () => {
    const folder = at('dist/linux-unpacked/resources/linux')
    for (const name of [
      'zarrscope-servicemenu.desktop',
      'zarrscope.nemo_action',
      'nautilus-open-with-zarrscope.sh',
    ]) {
      expect(existsSync(join(folder, name)), name).toBe(true)
    }
    const yaml = readFileSync(join(project, 'electron-builder.yml'), 'utf8')
    // To register that type would make us the program for every folder.
    expect(yaml).not.toContain('inode/directory')
    for (const [, source] of yaml.matchAll(/- (resources\/linux\/\S+)=\/usr/g)) {
      expect(existsSync(join(project, source!)), source).toBe(true)
    }
  })
})

test.skipIf(process.platform === 'win32')(
  'the actions of the file managers can be put in place and taken out again',
  () => {
    const home = mkdtempSync(join(tmpdir(), 'zarrscope-home-'))
    const script = join(project, 'resources/linux/install-file-manager-actions.sh')
    const run = (...args: string[]) =>
      spawnSync('sh', [script, ...args], { env: { PATH: process.env['PATH'], HOME: home }, encoding: 'utf8' })
    const placed = [
      'kio/servicemenus/zarrscope.desktop',
      'nemo/actions/zarrscope.nemo_action',
      'nautilus/scripts/Open with Zarrscope',
    ]
    const files = placed.map((file) => join(home, '.local/share', file))
    expect(run()).toMatchObject({ status: 0, stderr: '' })
    // Both KDE and GNOME run only what is executable.
    for (const file of files) expect(statSync(file).mode & 0o111, file).not.toBe(0)
    expect(run('--remove')).toMatchObject({ status: 0, stderr: '' })
    expect(files.filter((file) => existsSync(file))).toEqual([])
    rmSync(home, { recursive: true })
  },
)

test('the Windows installer takes out what it puts in, and takes no default away', () => {
  const script = readFileSync(join(project, 'resources/installer.nsh'), 'utf8')
  const [, install = '', uninstall = ''] =
    /!macro customInstall\n(.*?)!macroend.*!macro customUnInstall\n(.*?)!macroend/s.exec(script) ?? []
  const verbs = [...install.matchAll(/zarrscopeVerb "([^"]+)" "(%[1V])"/g)].map(([, key, argument]) => [
    key,
    argument,
  ])
  expect(verbs).toEqual([
    ['Directory', '%1'],
    ['Directory\\Background', '%V'],
  ])
  for (const [key] of verbs)
    expect(uninstall).toContain(`DeleteRegKey SHELL_CONTEXT "Software\\Classes\\${key!}\\shell\\Zarrscope"`)
  const written = [...install.matchAll(/WriteRegStr SHELL_CONTEXT "([^"]+)" "([^"]*)"/g)]
  expect(written.length).toBeGreaterThan(3)
  for (const [, key, name] of written) {
    const removed =
      uninstall.includes(`DeleteRegValue SHELL_CONTEXT "${key!}" "${name!}"`) ||
      [...uninstall.matchAll(/DeleteRegKey SHELL_CONTEXT "([^"]+)"/g)].some(([, gone]) =>
        `${key!}\\`.startsWith(`${gone!}\\`),
      )
    expect([key, removed]).toEqual([key, true])
    expect([key, name]).not.toEqual(['Software\\Classes\\.json', ''])
  }
})
