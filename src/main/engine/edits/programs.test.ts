/** Any program of edits, undo, redo, save and discard leaves what a plain list with two stacks would hold. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { NewArrayOptions } from '../nodes/creation/new-array-options'
import { box, valuesOf, withArray } from './testing/bench'

const SIZE = 7
const START = [1, 2, 3, 4, 5, 6, 7]

type Step = { op: 'write'; start: number; values: number[] } | { op: 'undo' | 'redo' | 'save' | 'discard' }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .record({ start: fc.nat(SIZE - 1), values: fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }) })
      .map(({ start, values }): Step => ({ op: 'write', start, values: values.slice(0, SIZE - start) })),
  },
  { weight: 3, arbitrary: fc.constant<Step>({ op: 'undo' }) },
  { weight: 2, arbitrary: fc.constant<Step>({ op: 'redo' }) },
  { weight: 2, arbitrary: fc.constant<Step>({ op: 'save' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ op: 'discard' }) },
)

const LAYOUTS: [string, Partial<NewArrayOptions>][] = [
  ['format 2', { zarrFormat: 2 }],
  ['format 3, compressed', { compressor: 'zstd:1' }],
  ['format 3, sharded', { shards: [4] }],
]

test.each(LAYOUTS)('%s', async (_, layout) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (program) => {
      const options = { shape: [SIZE], chunks: [2], dtype: 'i2', compressor: null, ...layout } as const
      const { base, overlay, edits } = await withArray(options, START)
      let shown = START
      let stored = START
      for (const one of program) {
        if (one.op === 'write') {
          const dims = box([one.start, one.values.length])
          const data = new Uint8Array(Int16Array.from(one.values).buffer)
          await edits.apply({ kind: 'cells', path: 'a', dims, shape: [one.values.length], data })
          shown = shown.map((value, i) => one.values[i - one.start] ?? value)
        } else if (one.op === 'save') {
          await edits.save()
          stored = shown
        } else if (one.op === 'discard') {
          await edits.discard()
          shown = stored
        } else if (edits.state[one.op] !== null) {
          await edits[one.op]()
          shown = (await valuesOf(overlay)) as number[]
        }
        expect(await valuesOf(overlay)).toEqual(shown)
        expect(await valuesOf(base)).toEqual(stored)
        expect(edits.state.keys > 0).toBe(shown.join() !== stored.join())
      }
      // Whatever was done, all the way back is the beginning, unless something was given up in between.
      while (edits.state.undo !== null) await edits.undo()
      if (!program.some(({ op }) => op === 'discard')) expect(await valuesOf(overlay)).toEqual(START)
    }),
    { seed: 6, numRuns: 40 },
  )
})
