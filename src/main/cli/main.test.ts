import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { array3 } from '@engine/nodes/testing/sample-nodes'
import { run, type Ran } from './testing/run'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'zarrscope-main-'))
  mkdirSync(join(folder, 'a.zarr/c'), { recursive: true })
  writeFileSync(join(folder, 'a.zarr/zarr.json'), JSON.stringify(array3()))
  writeFileSync(join(folder, 'a.zarr/c/0'), Uint8Array.of(1, 0, 2, 0))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const oneLine = ({ err }: Ran): boolean => /^error: [^\n]+\n$/.test(err)

describe('the command line', () => {
  test('prints help and version', async () => {
    expect(await run(['--version'])).toMatchObject({ status: 0, out: 'zarrscope 1.2.3\n' })
    for (const argv of [['--help'], ['help'], ['get', '--help'], ['help', 'get']]) {
      const { status, out, err } = await run(argv)
      expect([status, err]).toEqual([0, ''])
      expect(out).toContain('zarrscope get ARRAY')
    }
  })

  test('opens the window on paths, options and nothing', async () => {
    expect((await run([])).out).toBe('launch ')
    expect((await run(['./some.zarr', '--no-open'])).out).toBe('launch ./some.zarr --no-open')
    expect((await run(['--no-open'])).out).toBe('launch --no-open')
    expect((await run([folder])).out).toBe(`launch ${folder}`)
    expect((await run(['serve', folder, '--port', '0'])).out).toBe(`serve ${folder} --port 0`)
  })

  test.each([
    ['an unknown command', ['inof']],
    ['too few arguments', ['get']],
    ['too many arguments', ['info', 'a', 'b']],
    ['an unknown option', ['info', 'a', '--jsno']],
    ['a wrong number', ['info', 'a', '--workers', 'many']],
    ['an unknown format', ['get', 'a', '-f', 'xml']],
  ])('%s ends with status 2 and one line', async (_what, argv) => {
    const ran = await run(argv)
    expect(ran).toMatchObject({ status: 2, out: '' })
    expect(oneLine(ran)).toBe(true)
  })

  test('a failure ends with status 1 and one line that names what, where and why', async () => {
    for (const [argv, line] of [
      [['info', `${folder}/none.zarr`], /^error: info \S+none\.zarr: .*does not exist/],
      [
        ['get', `${folder}/a.zarr`, '4'],
        /^error: get \S+a\.zarr: The index 4 is out of bounds for dimension 0, whose size is 4\.$/m,
      ],
      [['get', `${folder}/a.zarr`, '0, 1'], /Too many indices/],
      [['get', `${folder}/a.zarr/b`], /no array or group at "b"/],
      [['tree', `${folder}/evil\nerror: fake`], /^error: tree /],
    ] as const) {
      const ran = await run(argv)
      expect(ran).toMatchObject({ status: 1, out: '' })
      expect(ran.err).toMatch(line)
      expect(oneLine(ran)).toBe(true)
    }
  })

  test('a value that begins with a dash is a value', async () => {
    expect((await run(['get', `${folder}/a.zarr`, '-4'])).out).toBe('1\n')
    expect((await run(['get', `${folder}/a.zarr`, '-3:', '--json'])).out).toContain('[2, 7, 7]')
  })

  test('cancelling ends with status 130', async () => {
    expect(await run(['get', `${folder}/a.zarr`], { signal: AbortSignal.abort() })).toMatchObject({
      status: 130,
      out: '',
    })
  })

  test('binary output goes where it can be taken', async () => {
    expect(await run(['get', `${folder}/a.zarr`, '-f', 'raw'], { binary: false })).toMatchObject({
      status: 2,
    })
    expect([...(await run(['get', `${folder}/a.zarr`, '-f', 'raw'])).bytes]).toEqual([1, 0, 2, 0, 7, 0, 7, 0])
  })
})

describe('batch', () => {
  const batch = async (
    ...requests: unknown[]
  ): Promise<{ id: unknown; status: number; stdout: string; stderr: string }[]> => {
    async function* input(): AsyncGenerator<Uint8Array> {
      for (const request of requests)
        yield Buffer.from(`${typeof request === 'string' ? request : JSON.stringify(request)}\n`)
    }
    const { out, status } = await run(['batch'], { input: input() })
    expect(status).toBe(0)
    return out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as never)
  }

  test('answers every line in order, failures among them', async () => {
    const answers = await batch(
      { id: 1, argv: ['get', `${folder}/a.zarr`, '0:2', '--json'] },
      { id: 'two', argv: ['info', `${folder}/none.zarr`] },
      'not json',
      { id: 4 },
      { id: 5, argv: ['get', `${folder}/a.zarr`, '-1'] },
      { id: 6, argv: ['batch'] },
      { id: 7, argv: ['get', `${folder}/a.zarr`, '-f', 'raw'] },
    )
    expect(answers.map(({ id, status }) => [id, status])).toEqual([
      [1, 0],
      ['two', 1],
      [null, 2],
      [4, 2],
      [5, 0],
      [6, 2],
      [7, 2],
    ])
    expect(answers[0]!.stdout).toContain('[1, 2]')
    expect(answers[4]!.stdout).toBe('7\n')
    for (const { status, stderr } of answers) expect(stderr === '').toBe(status === 0)
  })

  test('opens no window, whatever it is asked', async () => {
    const answers = await batch(
      ...[[], ['serve'], ['./a.zarr'], [folder], ['--no-open']].map((argv) => ({ argv })),
    )
    expect(answers.map(({ status, stdout }) => [status, stdout])).toEqual(answers.map(() => [2, '']))
    for (const { stderr } of answers) expect(stderr).toContain('A batch runs commands, not windows.')
  })

  test('sees the disk as it is at each command', async () => {
    const path = join(folder, 'b.zarr')
    mkdirSync(path)
    writeFileSync(join(path, 'zarr.json'), JSON.stringify(array3()))
    async function* input(): AsyncGenerator<Uint8Array> {
      const line = Buffer.from(`${JSON.stringify({ id: 0, argv: ['get', path, '0'] })}\n`)
      yield line
      mkdirSync(join(path, 'c'))
      writeFileSync(join(path, 'c/0'), Uint8Array.of(5, 0, 6, 0))
      yield line
      writeFileSync(join(path, 'c/0'), Uint8Array.of(9, 0, 6, 0))
      yield line
    }
    const { out } = await run(['batch'], { input: input() })
    const answers = out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { stdout: string }).stdout)
    expect(answers).toEqual(['7\n', '5\n', '9\n'])
  })
})
