import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseJson } from '@shared/json/parse'
import { stringifyJson } from '@shared/json/stringify'
import type { CodecRow } from '@shared/model/trials'
import { parseCodecText } from '../nodes/creation/codec-text'
import { runCodecTrials } from './codec-trials'
import { seededRandom } from './random'
import { takeSample } from './sample'
import { filledArray } from './testing/arrays'

const PEERS = resolve('..', 'shared', 'tools', 'peers')
const tree =
  process.env['PEERS_DIR'] ?? join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'zarr-peers')
/** Only where numcodecs has been set up already: doing so takes minutes. */
const available = existsSync(PEERS) && existsSync(join(tree, '.ready'))

const ENCODE = `
import json, sys, numcodecs, numpy as np
job = json.load(open(sys.argv[1]))
sizes = []
for setting in job['settings']:
    total = 0
    for path in job['chunks']:
        chunk = np.fromfile(path, dtype=job['dtype']).reshape(job['shape'])
        encoded = np.ascontiguousarray(chunk.ravel(order=setting['order']))
        for config in setting['codecs']:
            # Filters that name no type work on the array's own.
            own = {'dtype': job['dtype']} if config['id'] in ('delta', 'quantize', 'fixedscaleoffset') else {}
            encoded = numcodecs.get_codec({**own, **config}).encode(encoded)
        total += len(memoryview(encoded).cast('B'))
    sizes.append(total)
print(json.dumps(sizes))
`

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'zarrscope-numcodecs-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const random = seededRandom(11)
const field = Float32Array.from(
  { length: 256 * 512 },
  (_, i) => 270 + 15 * Math.sin(i / 900) + 8 * Math.cos((i % 512) / 80) + random() * 0.05,
)
const steps = Int32Array.from({ length: 256 * 512 }, (_, i) => Math.floor(i / 3) + Math.floor(random() * 4))
const request = { budgetBytes: 2 ** 20, seed: 1 }

describe.skipIf(!available)('sizes are those of numcodecs for the same bytes, within 2 %', () => {
  test.each([
    ['float32 field', '<f4', field],
    ['int32 steps', '<i4', steps],
  ] as const)(
    '%s',
    async (_name, dtype, values) => {
      const { array } = await filledArray(
        { shape: [256, 512], chunks: [128, 256], dtype, zarrFormat: 2 },
        values,
      )
      const { rows } = await runCodecTrials(array, request, { candidateMs: 0, all: true })
      const measured = rows.filter(({ measuredChunks }) => measuredChunks === 4)
      expect(measured.length).toBeGreaterThan(25)
      const sizes = await foreignSizes(array, dtype, measured)
      const off = measured.flatMap(({ spec, sampleBytes }, i) =>
        Math.abs(sampleBytes! / sizes[i]! - 1) > 0.02
          ? [`${spec}: ${sampleBytes!} against ${sizes[i]!}`]
          : [],
      )
      expect(off).toEqual([])
    },
    120_000,
  )
})

async function foreignSizes(
  array: Parameters<typeof takeSample>[0],
  dtype: string,
  rows: readonly CodecRow[],
): Promise<number[]> {
  const { chunks } = await takeSample(array, request)
  const paths = chunks.map(({ data, coords }) => {
    const path = join(folder, `${dtype.slice(1)}.${coords.join('.')}`)
    writeFileSync(path, data)
    return path
  })
  const settings = rows.map(({ setting: { order, filters, compressor } }) => {
    const texts = [...filters, ...(compressor === null ? [] : [compressor])]
    const codecs = texts.map((text) => {
      const codec = text.startsWith('{') ? parseJson(text).value : parseCodecText(text)
      return stringifyJson(codec)
    })
    return `{"order": "${order}", "codecs": [${codecs.join(', ')}]}`
  })
  const job = `{"dtype": "${dtype}", "shape": [128, 256], "chunks": ${JSON.stringify(paths)}, "settings": [${settings.join(', ')}]}`
  writeFileSync(join(folder, 'job.json'), job)
  writeFileSync(join(folder, 'encode.py'), ENCODE)
  const out = execFileSync(PEERS, ['python', join(folder, 'encode.py'), join(folder, 'job.json')], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return JSON.parse(out) as number[]
}
