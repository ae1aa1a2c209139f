/** `npm start` in a project of stand-ins: when it builds, what it hands on, and how it obtains Electron. */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

let root: string
function put(path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), content)
}
/** Moves a file's time by seconds from now. */
function touch(path: string, seconds: number): void {
  const time = Date.now() / 1000 + seconds
  utimesSync(join(root, path), time, time)
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'zarrscope-start-'))
  cpSync(join(import.meta.dirname, '../scripts'), join(root, 'scripts'), { recursive: true })
  put('package.json', '{ "type": "module" }')
  put('src/main/deep/a.ts', 'a')
  put('README.md', 'r')
  put(
    'scripts/build.js',
    `import { mkdirSync, writeFileSync } from 'node:fs'
     import { stampBuild } from './build-state.js'
     const started = Date.now()
     mkdirSync('out/main', { recursive: true })
     writeFileSync('out/main/cli.js', 'console.log("cli", ...process.argv.slice(2))')
     if (process.env.BUILD_FAILS) { console.error('error: build: no'); process.exit(1) }
     stampBuild(process.cwd(), started)`,
  )
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('npm start', () => {
  const start = (args: string[] = ['--no-open'], env: Record<string, string> = {}) =>
    spawnSync(process.execPath, [join(root, 'scripts/start.js'), ...args], {
      cwd: root,
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], ...env },
    })

  test('builds once, and hands its arguments to the program', () => {
    const first = start(['--no-open', 'my store.zarr', '--port', '0'])
    expect(first).toMatchObject({ status: 0, stdout: 'cli --no-open my store.zarr --port 0\n' })
    expect(first.stderr).toBe('Building Zarrscope, once…\n')
    expect(start().stderr).toBe('')
  })

  test.each<[string, () => void]>([
    ['a source is changed', () => touch('src/main/deep/a.ts', 5)],
    ['a source is added', () => (put('src/main/deep/b.ts', ''), touch('src/main/deep', 5))],
    ['a source is deleted', () => (rmSync(join(root, 'src/main/deep/a.ts')), touch('src/main/deep', 5))],
    ['dependencies are changed', () => (put('package-lock.json', '{}'), touch('package-lock.json', 5))],
  ])('builds anew when %s', (_what, change) => {
    start()
    change()
    expect(start().stderr).toBe('Building Zarrscope anew: its sources have changed…\n')
  })

  test('does not build for a change that the program does not contain', () => {
    start()
    touch('README.md', 5)
    expect(start().stderr).toBe('')
  })

  test('a build that fails is told and nothing is started; the next start builds again', () => {
    const failed = start([], { BUILD_FAILS: '1' })
    expect(failed).toMatchObject({ status: 1, stdout: '' })
    expect(failed.stderr).toContain('error: build: no')
    expect(start().stderr).toBe('Building Zarrscope, once…\n')
  })
})

describe('Electron', () => {
  const download = () =>
    spawnSync(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `import { downloadElectron, electronIsThere } from './scripts/electron-download.js'
         console.log(String(await downloadElectron(process.cwd(), 1000)), electronIsThere(process.cwd()))`,
      ],
      { cwd: root, encoding: 'utf8', env: { PATH: process.env['PATH'], TMPDIR: join(root, 'tmp') } },
    )
  beforeEach(() => mkdirSync(join(root, 'tmp')))

  test('is obtained by its own installer, once bytes arrive, however long it takes then', () => {
    put('node_modules/electron/package.json', '{ "type": "commonjs" }')
    put(
      'node_modules/electron/install.js',
      `const fs = require('fs'), os = require('os'), path = require('path')
       fs.writeFileSync(path.join(os.tmpdir(), 'electron.zip'), 'bytes')
       setTimeout(() => {
         fs.mkdirSync(__dirname + '/dist')
         fs.writeFileSync(__dirname + '/dist/electron', 'program')
         fs.writeFileSync(__dirname + '/path.txt', 'electron')
       }, 1500)`,
    )
    expect(download()).toMatchObject({ stdout: 'null true\n', stderr: 'Downloading Electron, once…\n' })
    expect(readdirSync(join(root, 'tmp'))).toEqual([])
  })

  test('is given up when nothing arrives in time, and the installer is ended', () => {
    put('node_modules/electron/package.json', '{ "type": "commonjs" }')
    put(
      'node_modules/electron/install.js',
      `require('fs').writeFileSync(__dirname + '/pid', String(process.pid)); setInterval(() => 0, 1000)`,
    )
    expect(download().stdout).toBe('the download of Electron did not begin within 1 seconds false\n')
    const pid = Number(readFileSync(join(root, 'node_modules/electron/pid'), 'utf8'))
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
    expect(readdirSync(join(root, 'tmp'))).toEqual([])
  })

  test('is given up at once when the installer fails or is not there', () => {
    expect(download().stdout).toBe('the electron package is not installed false\n')
    put('node_modules/electron/package.json', '{ "type": "commonjs" }')
    put('node_modules/electron/install.js', 'process.exit(1)')
    expect(download().stdout).toBe('Electron could not be downloaded false\n')
  })
})

describe('declarations', () => {
  const resolve = () =>
    spawnSync(
      process.execPath,
      [
        '--input-type=module',
        '--eval',
        `(await import('./scripts/declarations.js')).resolveSpecifiers('types')`,
      ],
      { cwd: root, encoding: 'utf8' },
    )

  test('name their neighbours by relative paths with endings, packages and Node as they are', () => {
    put('types/shared/errors.d.ts', 'export {}')
    put('types/main/engine/nodes/array.d.ts', `export type { E } from '@shared/errors';\n`)
    put('types/main/local.d.ts', 'export {}')
    put(
      'types/main/library.d.ts',
      [
        `import type { A } from '@engine/nodes/array';`,
        `export * from './local';`,
        `export declare const e: import('@shared/errors').E;`,
        `import type { Readable } from 'node:stream';`,
        `import type { Schema } from "valibot";`,
      ].join('\n'),
    )
    expect(resolve()).toMatchObject({ status: 0, stderr: '' })

    expect(readFileSync(join(root, 'types/main/library.d.ts'), 'utf8').split('\n')).toEqual([
      `import type { A } from './engine/nodes/array.js';`,
      `export * from './local.js';`,
      `export declare const e: import('../shared/errors.js').E;`,
      `import type { Readable } from 'node:stream';`,
      `import type { Schema } from "valibot";`,
    ])
    expect(readFileSync(join(root, 'types/main/engine/nodes/array.d.ts'), 'utf8')).toContain(
      `'../../../shared/errors.js'`,
    )
  })

  test('a name that leads nowhere fails the build', () => {
    put('types/a.d.ts', `import '@shared/gone';`)
    const { status, stderr } = resolve()
    expect(status).not.toBe(0)
    expect(stderr).toContain('"@shared/gone" leads to no declaration')
  })
})
