import { describe, expect, test } from 'vitest'
import type { ItemValue } from '@shared/dtype/data-type'
import type { EditConflict } from '@shared/model/edits'
import type { NewArrayOptions } from '../nodes/creation/new-array-options'
import type { WritableStore } from '../stores/store'
import { box, withArray } from './testing/bench'

/** Stages a constant for some cells, has another program do something to the store, and looks. */
async function conflictsOf(
  options: NewArrayOptions,
  values: ItemValue[],
  mine: { cells: [number, number][]; text: string },
  theirs: (base: WritableStore) => Promise<unknown>,
): Promise<readonly EditConflict[]> {
  const { base, edits } = await withArray({ compressor: null, ...options }, values)
  const fill = { kind: 'constant', text: mine.text } as const
  await edits.apply({ kind: 'fill', path: 'a', dims: box(...mine.cells), fill })
  await theirs(base)
  await edits.check()
  return edits.state.conflicts
}

const int32 = (...values: number[]): Uint8Array => new Uint8Array(Int32Array.from(values).buffer)

describe('a chunk that another program changed', () => {
  test('of few cells is shown whole, a row in each line', async () => {
    const options = { shape: [3, 3], chunks: [2, 2], dtype: 'i4' }
    const values = [1, 2, 3, 4, 5, 6, 7, 8, 9]
    const mine = {
      cells: [
        [2, 1],
        [0, 1],
      ] as [number, number][],
      text: '70',
    }
    const conflicts = await conflictsOf(options, values, mine, (base) =>
      base.set('a/c/1/0', int32(-7, -8, 0, 0)),
    )
    // Of the last row of chunks only one row of cells lies inside of the array.
    expect(conflicts).toEqual([
      {
        ...{ key: 'a/c/1/0', path: 'a', coords: [1, 0], version: expect.any(String) as string },
        ...{ mine: '16 bytes\n70, 8', theirs: '16 bytes\n-7, -8' },
      },
    ])
  })

  test('of many cells shows those that differ, with their places in the array', async () => {
    const changed = new Int32Array(1000).fill(5)
    changed[20] = 6
    const [conflict] = await conflictsOf(
      { shape: [2, 2000], chunks: [1, 1000], dtype: 'i4' },
      new Array<number>(4000).fill(5),
      {
        cells: [
          [1, 1],
          [1010, 2],
        ],
        text: '9',
      },
      (base) => base.set('a/c/1/1', new Uint8Array(changed.buffer)),
    )
    const head = '4,000 bytes\n3 of 1,000 cells differ:'
    expect(conflict!.mine).toBe(`${head}\n[1, 1010] 9\n[1, 1011] 9\n[1, 1020] 5`)
    expect(conflict!.theirs).toBe(`${head}\n[1, 1010] 5\n[1, 1011] 5\n[1, 1020] 6`)
  })

  test('names at most 200 cells', async () => {
    const [conflict] = await conflictsOf(
      { shape: [1000], chunks: [1000], dtype: 'i4' },
      new Array<number>(1000).fill(5),
      { cells: [[0, 1000]], text: '9' },
      (base) => base.set('a/c/0', new Uint8Array(new Int32Array(1000).fill(6).buffer)),
    )
    const lines = conflict!.mine.split('\n')
    expect(lines).toHaveLength(203)
    expect(lines.at(-1)).toBe('and 800 more cells')
  })

  test('prints texts in quotes and shortens them', async () => {
    const [conflict] = await conflictsOf(
      { shape: [2], chunks: [2], dtype: 'string' },
      ['a', 'b'],
      { cells: [[0, 1]], text: 'x'.repeat(100) },
      (base) => base.delete('a/c/0'),
    )
    expect(conflict!.mine).toMatch(/^\d+ bytes\n'x{59}…, 'b'$/)
    expect(conflict!.theirs).toBe("deleted\n'', ''")
  })

  test('that cannot be decoded says why, beside the other side', async () => {
    const [conflict] = await conflictsOf(
      { shape: [4], chunks: [4], dtype: 'i4' },
      [1, 2, 3, 4],
      { cells: [[0, 1]], text: '9' },
      (base) => base.set('a/c/0', Uint8Array.of(1, 2, 3)),
    )
    expect(conflict!.mine).toBe('16 bytes\n9, 2, 3, 4')
    expect(conflict!.theirs).toMatch(/^3 bytes\nIts cells cannot be shown: .*a\/c\/0/)
  })

  test('of too many cells is told by its size', async () => {
    const length = 2 ** 18 + 1
    const [conflict] = await conflictsOf(
      { shape: [length], chunks: [length], dtype: 'u1' },
      [],
      { cells: [[0, 1]], text: '9' },
      (base) => base.set('a/c/0', new Uint8Array(length)),
    )
    expect(conflict!.theirs).toBe('262,145 bytes\nIt is too large to show its cells here.')
  })
})
