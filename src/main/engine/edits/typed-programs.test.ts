/** Any program of edits, undo, redo, revert and Save shows what is done in order, for many data types and stores. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import type { ItemValue } from '@shared/dtype/data-type'
import { dataType } from '@shared/dtype/registry'
import { ZarrArray } from '../nodes/array'
import type { NewArrayOptions } from '../nodes/creation/new-array-options'
import { openNode } from '../nodes/open'
import { encodeItems } from '../nodes/writing/cast-items'
import { MemoryStore } from '../stores/memory'
import { OverlayStore } from '../stores/overlay'
import { ZipStore } from '../stores/zip'
import { StoreEdits } from './store-edits'
import { box, executor, valuesOf, withArray } from './testing/bench'

const parent = mkdtempSync(join(tmpdir(), 'zarrscope-typed-programs-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

const SIZE = 7

type Step =
  | { op: 'write'; start: number; length: number }
  | { op: 'revert'; which: number }
  | { op: 'undo' | 'redo' | 'save' }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({ start: fc.nat(SIZE - 1), length: fc.integer({ min: 1, max: 4 }) })
      .map(({ start, length }): Step => ({ op: 'write', start, length: Math.min(length, SIZE - start) })),
  },
  { weight: 2, arbitrary: fc.nat(5).map((which): Step => ({ op: 'revert', which })) },
  { weight: 3, arbitrary: fc.constant<Step>({ op: 'undo' }) },
  { weight: 2, arbitrary: fc.constant<Step>({ op: 'redo' }) },
  { weight: 2, arbitrary: fc.constant<Step>({ op: 'save' }) },
)

/** A write as the model knows it. */
interface Write {
  id: number
  start: number
  values: ItemValue[]
  saved: boolean
}

const replay = (writes: readonly Write[], begin: readonly ItemValue[]): ItemValue[] => {
  const shown = [...begin]
  for (const { start, values } of writes) values.forEach((value, i) => (shown[start + i] = value))
  return shown
}

/** Options of an array, and its n-th value: all differ. */
const TYPES: [string, Pick<NewArrayOptions, 'dtype'> & Partial<NewArrayOptions>, (n: number) => ItemValue][] =
  [
    ['texts of any length', { dtype: 'string' }, (n) => 'é'.repeat(n % 5) + String(n)],
    ['times', { dtype: 'datetime64[ns]' }, (n) => BigInt(n) * 10n ** 15n - 5n],
    ['complex numbers, sharded', { dtype: 'complex64', shards: [4] }, (n) => [n, -n]],
    [
      'records',
      { dtype: '[["a", "<i2"], ["b", "<f8"]]', zarrFormat: 2, compressor: null },
      (n) => ({ a: n, b: n / 4 }),
    ],
    ['big-endian numbers', { dtype: '>i8', zarrFormat: 2 }, (n) => BigInt(n) << 40n],
  ]

const CASES = TYPES.flatMap(([type, ...rest]) =>
  (['memory', 'an archive'] as const).map((place) => [`${type} in ${place}`, place, ...rest] as const),
)

test.each(CASES)('%s', async (name, place, options, valueOf) => {
  let runs = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (program) => {
      const made =
        place === 'memory'
          ? new MemoryStore()
          : new ZipStore(join(parent, `${name} ${++runs}.zip`), { mode: 'w' })
      const begin = Array.from({ length: SIZE }, (_, i) => valueOf(i + 1))
      await withArray({ shape: [SIZE], chunks: [2], ...options }, begin, made)
      if (made instanceof ZipStore) await made.close()
      const base = made instanceof ZipStore ? new ZipStore(made.path) : made
      const overlay = new OverlayStore(base, { readOnly: true })
      const edits = new StoreEdits({ overlay, executor, frozen: null })
      const array = (await openNode(overlay, 'a', { executor })) as ZarrArray
      const encoded = (values: ItemValue[]): { data: Uint8Array; offsets?: Uint32Array } =>
        encodeItems(values, dataType(array.dtype))
      let done: Write[] = []
      let undone: Write[] = []
      let stored = begin
      let next = SIZE + 1
      for (const one of program) {
        if (one.op === 'write') {
          const values = Array.from({ length: one.length }, () => valueOf(next++))
          const dims = box([one.start, one.length])
          const { id } = await edits.apply({
            kind: 'cells',
            path: 'a',
            dims,
            shape: [one.length],
            ...encoded(values),
          })
          done.push({ id, start: one.start, values, saved: false })
          undone = []
        } else if (one.op === 'revert') {
          const staged = done.filter(({ saved }) => !saved)
          const doomed = staged[one.which % staged.length]
          if (!doomed) continue
          await edits.revert(doomed.id)
          done = done.filter((write) => write !== doomed)
          undone = []
        } else if (one.op === 'save') {
          await edits.save()
          stored = replay(done, begin)
          for (const write of done) write.saved = true
          for (const write of undone) write.saved = false
        } else {
          const [from, to] = one.op === 'undo' ? [done, undone] : [undone, done]
          expect(edits.state[one.op] !== null).toBe(from.length > 0)
          if (from.length === 0) continue
          await edits[one.op]()
          to.push(from.pop()!)
        }
        expect(await valuesOf(overlay)).toEqual(replay(done, begin))
        expect(await valuesOf(base)).toEqual(stored)
      }
      await base.close()
    }),
    { seed: 6, numRuns: 25 },
  )
})
