import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { choiceTexts, presetChoice } from '@shared/trials/candidates'
import { DirectoryStore } from '@engine/stores/directory'
import { fillStore } from '../api/sample/write'
import { run } from './testing/run'

let folder: string
let sample: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'zarrscope-tune-'))
  sample = join(folder, 'sample.zarr')
  await fillStore(new DirectoryStore(sample, { flush: 'none' }))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Report {
  codecs: Record<string, unknown>[]
  chunks: Record<string, unknown>[]
  suggestion: Record<string, unknown>
  sample: { notes: string[]; coords: number[][] }
}

const json = async (...argv: string[]): Promise<Report> => {
  const { out, status, err } = await run(['tune', ...argv, '--json'])
  expect({ status, err }).toEqual({ status: 0, err: '' })
  return JSON.parse(out) as Report
}

const stamps = (): string[] =>
  readdirSync(sample, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => `${name} ${statSync(join(sample, name)).mtimeMs}`)

test('--json has the facts of the contract and writes nothing', async () => {
  const before = stamps()
  const found = await json(
    `${sample}/climate/temperature`,
    ...['--codecs', 'none,zstd:3', '--codecs', 'delta:<i4+zstd:3', '--budget', '200KB', '--seed', '4'],
    ...[
      '--pattern',
      '0, :, :=3',
      '--pattern',
      'lat=5, lon=7=1',
      '--chunks',
      '1,none,none',
      '--chunks',
      '(100, 6, 6)',
    ],
  )
  expect(found.codecs.map(({ spec }) => spec)).toEqual(['none', 'zstd:3', 'delta:<i4+zstd:3'])
  for (const row of found.codecs.slice(0, 2))
    expect(row).toMatchObject({
      ratio: expect.any(Number) as number,
      encodeMBps: expect.any(Number) as number,
      decodeMBps: expect.any(Number) as number,
      pareto: expect.any(Boolean) as boolean,
    })
  const typed = found.chunks.filter(({ present }) => present !== true)
  expect(typed.map(({ chunks }) => chunks)).toEqual(
    expect.arrayContaining([
      [1, 12, 24],
      [100, 6, 6],
    ]),
  )
  expect(typed[0]).toMatchObject({
    chunks: [1, 12, 24],
    shards: null,
    // (3 × 1 + 1 × 365) / 4
    touched: 92,
    files: 365,
    bytesRead: expect.any(Number) as number,
    amplification: expect.any(Number) as number,
  })
  expect(found.suggestion).toMatchObject({
    codec: expect.any(String) as string,
    chunks: expect.any(Array) as number[],
    reason: expect.stringMatching(/ratio/) as string,
  })
  expect(stamps()).toEqual(before)
})

test('presets, windows at any place and the size of the sample are those of the window', async () => {
  const array = `${sample}/climate/temperature`
  const found = await json(
    array,
    ...['--preset', 'quick', '--sample', '2', '--budget', '1MB', '--pattern', 'any 1=2', '--chunks', '1'],
  )
  const facts = { dtype: { kind: 'int', bits: 16 }, rank: 3, order: 'C', zarrFormat: 3 } as const
  const quick = choiceTexts(presetChoice('quick', facts), facts)
  const [present, ...others] = found.codecs.map(({ spec }) => spec)
  expect([present, ...others]).toEqual([present, ...quick.filter((spec) => spec !== present)])
  expect(found.sample).toMatchObject({ coords: [expect.anything(), expect.anything()] })
  expect(found.chunks.find(({ chunks }) => String(chunks) === '1,12,24')).toMatchObject({
    touched: 1,
    patterns: [{ name: 'time: 1, lat: all, lon: all', weight: 2 }],
  })
})

test('for people: both tables, marks and the suggestion', async () => {
  const { out, status } = await run([
    'tune',
    `${sample}/stations/counts`,
    '--codecs',
    'present,lz4,bitround:3',
  ])
  expect(status).toBe(0)
  expect(out).toMatch(/^sample: 7 of 8 chunks, /)
  expect(out).toMatch(/^ +codec +ratio +stored +encode MB\/s +decode MB\/s +lossless$/m)
  expect(out).toMatch(/^\*\+? +blosc:zstd:5:shuffle +[\d.]+ +\S+ +\S+ +\S+ +yes$/m)
  expect(out).toMatch(/^ +chunks +shards +touched +read +amplification +files +chunk$/m)
  expect(out).toMatch(/^suggestion: codec \S+, chunks \(\d+, \d+\)/m)
})

test('an array that cannot be tried much is told in words', async () => {
  const empty = join(folder, 'empty.zarr')
  await run(['create', empty, '--shape', '0,5', '--dtype', 'i4'])
  expect((await json(empty, '--codecs', 'zstd')).sample.notes).toEqual([
    'The array is empty: it has no chunks to try anything on.',
  ])
  const missing = join(folder, 'missing.zarr')
  await run(['create', missing, '--shape', '50,50', '--dtype', 'i4', '--chunks', '10,10'])
  const { out } = await run(['tune', missing, '--codecs', 'zstd'])
  expect(out).toMatch(/note: No chunk of this array is stored/)
  const small = await json(`${sample}/climate/temperature`, '--codecs', 'zstd', '--budget', '1000')
  expect(small.sample.notes[0]).toMatch(/more than the budget/)
})

test('chunks of several sizes are called what they are, not by the first of them', async () => {
  const tuned = async (edges: number[][]): Promise<string> => {
    const varied = join(folder, `varied-${edges.join('-')}.zarr`)
    const configuration = { kind: 'inline', chunk_shapes: edges }
    const document = {
      zarr_format: 3,
      node_type: 'array',
      shape: [6, 5],
      data_type: 'int16',
      chunk_grid: { name: 'rectilinear', configuration },
      chunk_key_encoding: { name: 'default' },
      fill_value: 0,
      codecs: [{ name: 'bytes', configuration: { endian: 'little' } }],
    }
    mkdirSync(varied)
    writeFileSync(join(varied, 'zarr.json'), JSON.stringify(document))
    const { out, err } = await run(['tune', varied, '--codecs', 'none'])
    expect(err).toBe('')
    expect(out).toMatch(/^\*>? +rectilinear +\S/m)
    return out
  }
  const small = [
    [1, 5],
    [2, 3],
  ]
  expect(await tuned(small)).not.toContain('(1, 2)')
  const good = await tuned([[6], [5]])
  expect(good).toMatch(/^suggestion: .*chunks rectilinear$/m)
  expect(good).toMatch(/chunks of several sizes \(rectilinear\) hold .* on average/i)
})

test('a chunk that is damaged is left out and told', async () => {
  const broken = join(folder, 'broken.zarr')
  await run(['create', broken, '--shape', '4', '--dtype', 'i4', '--chunks', '2', '--zarr-format', '2'])
  await run(['set', broken, '0:4', '3'])
  expect(readFileSync(join(broken, '0')).length).toBeGreaterThan(0)
  writeFileSync(join(broken, '1'), 'nonsense')
  const found = await json(broken, '--codecs', 'zstd')
  expect(found.sample.notes.some((note) => /cannot be read and was left out, such as \(1\)/.test(note))).toBe(
    true,
  )
  expect(found.codecs[0]).toMatchObject({ lossless: true })
})

test.each([
  [['--budget', 'much'], /--budget needs a number of bytes/],
  [['--budget', '0'], /--budget needs/],
  [['--budget', '5GB'], /--budget needs/],
  [['--seed', '-1x'], /--seed needs/],
  [['--pattern', '0'], /--pattern needs a selection and its weight/],
  [['--pattern', '0=0'], /--pattern needs/],
  [['--pattern', '9999, 0, 0=1'], /9999/],
  [['--codecs', 'nope'], /"nope" is not a codec/],
  [['--codecs', ','], /--codecs needs/],
  [['--chunks', 'a,b'], /--chunks needs/],
  [['--pattern', 'any x=1'], /--pattern needs lengths/],
  [['--preset', 'slow'], /--preset is quick, usual or thorough/],
  [['--sample', '0'], /--sample needs/],
  [['--chunks', '1/2/3'], /one slash/],
])('%j is refused', async (options, message) => {
  const { status, out, err } = await run(['tune', `${sample}/climate/temperature`, ...options])
  expect({ status: status > 0, out }).toEqual({ status: true, out: '' })
  expect(err).toMatch(message)
  expect(err.trim().split('\n')).toHaveLength(1)
})

test('a group is refused, an interrupt stops', async () => {
  expect((await run(['tune', sample])).err).toMatch(/group/)
  const { status } = await run(['tune', `${sample}/climate/temperature`], { signal: AbortSignal.abort() })
  expect(status).toBe(130)
})
