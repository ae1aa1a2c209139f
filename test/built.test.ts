import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DirectoryStore } from '@engine/stores/directory'
import { fillStore } from '../src/main/api/sample/write'

const root = resolve(import.meta.dirname, '..')
const bin = join(root, 'bin/zarrscope.js')
const run = promisify(execFile)
// Without a build there is nothing to run; `npm test` builds first.
const built = existsSync(join(root, 'out/main/cli.js')) && existsSync(join(root, 'out/main/library.js'))

let folder: string
let sample: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zarrscope-built-'))
  sample = join(folder, 'sample.zarr')
  await fillStore(new DirectoryStore(sample, { flush: 'none' }))
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(!built)('the built command line', () => {
  test('reads with real worker threads', async () => {
    const { stdout } = await run(process.execPath, [
      bin,
      'get',
      `${sample}/stations/counts`,
      '9, 22:',
      '--json',
    ])
    expect(stdout).toBe('{"shape": [2], "dtype": ">i8", "data": [9007199254750015, 9007199254750016]}\n')
    expect((await run(process.execPath, [bin, 'info', `${sample}/images/fractal`])).stdout).toContain(
      'initialized: ',
    )
  })

  test('ends with the documented statuses', async () => {
    const status = async (...argv: string[]): Promise<unknown> =>
      run(process.execPath, [bin, ...argv]).then(
        () => 0,
        (error: unknown) => (error as { code: unknown }).code,
      )
    expect(await Promise.all([status('--version'), status('info', '/nowhere.zarr'), status('info')])).toEqual(
      [0, 1, 2],
    )
  })

  test('stops quietly when nobody reads on', async () => {
    const child = spawn(process.execPath, [bin, 'get', `${sample}/climate/temperature`, '-f', 'csv', '0'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let err = ''
    child.stderr.on('data', (text: Buffer) => (err += String(text)))
    child.stdout.destroy()
    const code = await new Promise((done) => child.on('close', done))
    expect([code, err]).toEqual([0, ''])
  })

  test('of several processes loses nothing with --sync process', { timeout: 120_000 }, async () => {
    const array = join(folder, 'shared.zarr/a')
    const cli = (...argv: string[]): Promise<unknown> => run(process.execPath, [bin, ...argv])
    await cli('create', array, '--shape', '40', '--chunks', '30', '--dtype', 'i4')
    const row = join(folder, 'row.csv')
    writeFileSync(row, '7\n8\n9\n')
    await Promise.all([
      ...[0, 1, 2].map(() => cli('append', array, row, '--sync', 'process')),
      cli('set', array, ':20', '1', '--sync', 'process'),
      cli('set', array, '20:40', '2', '--sync', 'process'),
    ])
    const { data } = JSON.parse((await run(process.execPath, [bin, 'get', array, '--json'])).stdout) as {
      data: number[]
    }
    expect(data).toEqual([
      ...Array<number>(20).fill(1),
      ...Array<number>(20).fill(2),
      ...[7, 8, 9, 7, 8, 9, 7, 8, 9],
    ])
    expect(readdirSync(join(folder, 'shared.zarr'))).toEqual(['a', 'zarr.json'])
  })

  test('is cancelled by an interrupt', { timeout: 60_000 }, async () => {
    const child = spawn(process.execPath, [bin, 'batch'], { stdio: ['pipe', 'pipe', 'pipe'] })
    const code = new Promise((done) => child.on('close', done))
    child.stdin.write(`${JSON.stringify({ id: 1, argv: ['get', `${sample}/climate/lat`, '0'] })}\n`)
    await new Promise((done) => child.stdout.once('data', done))
    child.kill('SIGINT')
    expect(await code).toBe(130)
  })

  test('is a library as well', async () => {
    const script = `
      import { open, slice } from ${JSON.stringify(join(root, 'out/main/library.js'))}
      const z = await open(${JSON.stringify(sample)}, { path: 'climate/temperature' })
      console.log(JSON.stringify([z.shape, z.dtype, (await z.get([0, 0, slice(2)])).data.length, await z.initialized()]))`
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script])
    expect(stdout).toBe('[[365,12,24],"float32",2,4]\n')
  })
})
