import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { open, zeros, type NdArray, type ZarrArray } from '../src/main/library'
import { buildProgram } from './programs/build-program'

const base = mkdtempSync(join(tmpdir(), 'zarrscope-killed-'))
let script: string
afterAll(() => rmSync(base, { recursive: true, force: true }))
beforeAll(async () => {
  script = await buildProgram('killed-rewriter', join(base, 'program'))
}, 120_000)

/** The array that a process was at when it was killed after so many renames, opened by somebody else. */
async function afterKill(
  store: string,
  path: string,
  renames: number,
): Promise<{ array: ZarrArray; killed: boolean }> {
  const { signal, status, stderr } = spawnSync(
    process.execPath,
    [script, join(store, path), String(renames)],
    {
      encoding: 'utf8',
    },
  )
  expect({ stderr, ended: signal === 'SIGKILL' || status === 0 }).toEqual({ stderr: '', ended: true })
  return { array: await open(store, { path, mode: 'r' }), killed: signal === 'SIGKILL' }
}

test.each([
  ['an array in a group', 'g/a'],
  ['an array at the root', ''],
])(
  '%s that is killed while it gets other chunks is whole afterwards',
  { timeout: 120_000 },
  async (_name, path) => {
    const store = join(base, `${path.length}.zarr`)
    const chunks = new Set<number>()
    for (let renames = 1, killed = true; killed; renames++) {
      rmSync(store, { recursive: true, force: true })
      const made = await zeros({ store, path, shape: [40], chunks: [20], dtype: 'i4', attributes: { a: 1 } })
      await made.set('...', 7)
      const after = await afterKill(store, path, renames)
      ;({ killed } = after)
      chunks.add(after.array.chunks[0]!)
      expect(((await after.array.get()) as NdArray<'int32'>).data).toEqual(new Int32Array(40).fill(7))
      expect(after.array.attrs.toJSON()).toEqual({ a: 1 })
      const hidden = readdirSync(base, { recursive: true, encoding: 'utf8' }).filter((name) =>
        name.includes('.zarrscope.'),
      )
      expect(hidden).toEqual([])
    }
    expect(chunks).toEqual(new Set([20, 5]))
  },
)
