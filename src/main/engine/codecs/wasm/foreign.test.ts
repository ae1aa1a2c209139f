import { spawnSync } from 'node:child_process'
import * as nodeZlib from 'node:zlib'
import { Blosc, LZ4, Zstd } from 'numcodecs'
import { describe, expect, test } from 'vitest'
import { codecModule } from './codec-module'
import type { EncodeParams, LzmaFilter } from './codec-params'
import { SAMPLE_KINDS, sampleBytes } from './sample-bytes'

const wasm = codecModule()
const samples = SAMPLE_KINDS.flatMap((kind) => [0, 1, 5000, 60_000].map((size) => sampleBytes(kind, size)))

const expectDecodes = (params: EncodeParams, encoded: Uint8Array, raw: Uint8Array): void => {
  expect(Buffer.compare(wasm.decode(params, encoded, { exact: raw.length }), raw)).toBe(0)
}

describe('node:zlib', () => {
  const pairs = [
    { codec: 'zlib', encode: nodeZlib.deflateSync, decode: nodeZlib.inflateSync },
    { codec: 'gzip', encode: nodeZlib.gzipSync, decode: nodeZlib.gunzipSync },
    { codec: 'deflate', encode: nodeZlib.deflateRawSync, decode: nodeZlib.inflateRawSync },
  ] as const

  test.each(pairs)('$codec both ways', ({ codec, encode, decode }) => {
    for (const raw of samples) {
      for (const level of [1, 6, 9]) {
        expect(Buffer.compare(decode(wasm.encode({ codec, level }, raw)), raw)).toBe(0)
        expectDecodes({ codec, level }, encode(raw, { level }), raw)
      }
    }
  })
})

describe('npm numcodecs', () => {
  test.each(['blosclz', 'lz4', 'lz4hc', 'zlib', 'zstd'] as const)('blosc %s both ways', async (cname) => {
    for (const raw of samples.filter(({ length }) => length > 0)) {
      for (const shuffle of [0, 1, 2] as const) {
        const config = { cname, clevel: 5, shuffle, blocksize: 0 }
        const params = { codec: 'blosc', ...config, typesize: 4 } as const
        const foreign = Blosc.fromConfig(JSON.parse(JSON.stringify(config)) as { id: string })
        expectDecodes(params, await foreign.encode(raw), raw)
        const frame = wasm.encode(params, raw).slice()
        expect(Buffer.compare(await foreign.decode(frame), raw)).toBe(0)
      }
    }
  })

  test('lz4 and zstd both ways', async () => {
    const lz4 = LZ4.fromConfig({ id: 'lz4' })
    const zstd = Zstd.fromConfig({ id: 'zstd', level: 3 })
    for (const raw of samples.filter(({ length }) => length > 0)) {
      const length = Buffer.alloc(4)
      length.writeUInt32LE(raw.length)
      const block = Buffer.concat([length, wasm.encode({ codec: 'lz4' }, raw)])
      expect(Buffer.compare(await lz4.decode(block), raw)).toBe(0)
      expectDecodes({ codec: 'lz4' }, (await lz4.encode(raw)).subarray(4), raw)
      expect(
        Buffer.compare(await zstd.decode(wasm.encode({ codec: 'zstd', level: 3 }, raw).slice()), raw),
      ).toBe(0)
      expectDecodes({ codec: 'zstd', level: 3 }, await zstd.encode(raw), raw)
    }
  })
})

const PYTHON = `
import base64, bz2, json, lzma, sys, zlib
def run(name, data, arguments):
    if name == 'zlib': return zlib.compress(data, arguments['level'])
    if name == 'bz2': return bz2.compress(data, arguments['level'])
    if name == 'lzma': return lzma.compress(data, **arguments)
    if name == 'unzlib': return zlib.decompress(data)
    if name == 'unbz2': return bz2.decompress(data)
    if name == 'unlzma': return lzma.decompress(data, **arguments)
for line in sys.stdin:
    job = json.loads(line)
    print(base64.b64encode(run(job['name'], base64.b64decode(job['data']), job['arguments'])).decode())
`

interface Job {
  readonly name: string
  readonly data: Uint8Array
  readonly arguments: Record<string, unknown>
}

/** Runs jobs in one Python; undefined where there is none with these modules. */
function python(jobs: readonly Job[]): Buffer[] | undefined {
  const input = jobs
    .map((job) => JSON.stringify({ ...job, data: Buffer.from(job.data).toString('base64') }))
    .join('\n')
  const options = { input, encoding: 'utf8', maxBuffer: 1 << 28 } as const
  const { status, stdout } = spawnSync('python3', ['-c', PYTHON], options)
  return status === 0
    ? stdout
        .split('\n')
        .slice(0, jobs.length)
        .map((line) => Buffer.from(line, 'base64'))
    : undefined
}

describe.skipIf(python([]) === undefined)('Python (skipped where python3 has no zlib, bz2 and lzma)', () => {
  const filters: Record<string, LzmaFilter[]> = {
    'delta 4 and lzma2 preset 1': [
      { id: 3, dist: 4 },
      { id: 33, preset: 1 },
    ],
    'lzma2 with options': [
      { id: 33, preset: 3, dict_size: 65536, lc: 2, lp: 1, pb: 1, nice_len: 32, mf: 4, mode: 1 },
    ],
    'x86 and lzma2': [{ id: 4 }, { id: 33, preset: 6 }],
  }

  test('zlib of every level is equal byte for byte', () => {
    const cases = samples.flatMap((data) => [1, 2, 3, 4, 5, 6, 7, 8, 9].map((level) => ({ data, level })))
    const theirs = python(cases.map(({ data, level }) => ({ name: 'zlib', data, arguments: { level } })))!
    cases.forEach(({ data, level }, i) => {
      expect(Buffer.compare(wasm.encode({ codec: 'zlib', level }, data), theirs[i]!), `level ${level}`).toBe(
        0,
      )
    })
  })

  test('bz2 is equal byte for byte', () => {
    const cases = samples.flatMap((data) => [1, 9].map((level) => ({ data, level })))
    const theirs = python(cases.map(({ data, level }) => ({ name: 'bz2', data, arguments: { level } })))!
    cases.forEach(({ data, level }, i) => {
      expect(Buffer.compare(wasm.encode({ codec: 'bz2', level }, data), theirs[i]!), `level ${level}`).toBe(0)
    })
  })

  test.each([
    ...[0, 1, 6].map((preset) => ({ label: `xz preset ${preset}`, format: 1, preset }) as const),
    ...[0, 1, 4, 10].map((check) => ({ label: `xz check ${check}`, format: 1, check, preset: 1 }) as const),
    { label: 'lzma preset 1', format: 2, preset: 1 } as const,
    ...Object.entries(filters).flatMap(([label, chain]) => [
      { label: `xz ${label}`, format: 1, filters: chain } as const,
      { label: `raw ${label}`, format: 3, filters: chain } as const,
    ]),
  ])('$label is equal byte for byte', ({ label: _, ...config }) => {
    const theirs = python(samples.map((data) => ({ name: 'lzma', data, arguments: config })))!
    const own = samples.map((data) => wasm.encode({ codec: 'lzma', ...config }, data).slice())
    own.forEach((encoded, i) => expect(Buffer.compare(encoded, theirs[i]!), `sample ${i}`).toBe(0))
    const { format } = config
    const back = python(
      own.map((data) => ({
        name: 'unlzma',
        data,
        arguments: format === 3 ? { format, filters: config.filters } : { format },
      })),
    )!
    back.forEach((raw, i) => expect(Buffer.compare(raw, samples[i]!)).toBe(0))
  })

  test('what is written here is read there', () => {
    const jobs = samples.flatMap((raw) => [
      { name: 'unzlib', raw, data: wasm.encode({ codec: 'zlib', level: 1 }, raw).slice(), arguments: {} },
      { name: 'unbz2', raw, data: wasm.encode({ codec: 'bz2', level: 9 }, raw).slice(), arguments: {} },
    ])
    python(jobs.map(({ raw: _, ...job }) => job))!.forEach((raw, i) =>
      expect(Buffer.compare(raw, jobs[i]!.raw)).toBe(0),
    )
  })
})
