import { describe, expect, test } from 'vitest'
import { LimitError } from '@shared/errors'
import type { Edit } from '@shared/model/edits'
import type { NewArrayOptions } from '../nodes/creation/new-array-options'
import { whole, withArray } from './testing/bench'
import { arange, constant, expression, fill, type FillOf, linspace, small } from './testing/fill-edits'

const LENGTH = 60_000

test('a shape that leaves too many chunks outside is counted, and refused to be staged', async () => {
  const { edits, base, overlay } = await withArray({ shape: [LENGTH], chunks: [1], dtype: 'u1' })
  for (let chunk = 0; chunk < LENGTH; chunk++) await base.set(`a/c/${chunk}`, Uint8Array.of(1))
  const resize = (length: number): Edit => ({ kind: 'resize', path: 'a', shape: [length] })
  expect(await edits.preview(resize(10))).toMatchObject({
    chunksDeleted: LENGTH - 10,
    bytesDeleted: LENGTH - 10,
    tooLarge: true,
  })
  await expect(edits.apply(resize(10))).rejects.toThrow(LimitError)
  expect(overlay.staged.size).toBe(0)
  expect(await edits.preview(resize(LENGTH - 10))).toMatchObject({ chunksDeleted: 10, tooLarge: false })
})

describe('the first values of a preview', () => {
  test.each<[string, NewArrayOptions, FillOf, string[]]>([
    [
      'of a small region',
      small('f8', [2, 3]),
      arange('0.5', '1'),
      ['0.5', '1.5', '2.5', '3.5', '4.5', '5.5'],
    ],
    ['of a line', small('i2', [20]), expression('x + i0 * i0'), ['0', '1', '4', '9', '16', '25', '36', '49']],
    [
      'of a region too large to be tried',
      { shape: [4000, 4000], chunks: [40, 40], dtype: 'f8' },
      linspace('0', '15999999'),
      Array.from({ length: 8 }, (_, i) => `${i}.0`),
    ],
    [
      'of a large constant',
      { shape: [1e8], chunks: [1e6], dtype: '<U3' },
      constant('ab'),
      Array<string>(8).fill('ab'),
    ],
    ['of no dimension', { shape: [], chunks: [], dtype: 'i1' }, constant('7'), ['7']],
  ])('%s', async (_, options, what, first) => {
    const { edits } = await withArray(options)
    expect((await edits.preview(fill(what, whole(options.shape)))).first).toEqual(first)
  })

  test('are those of the field', async () => {
    const { edits } = await withArray(small("[('a', '<i2'), ('b', '<f4')]"))
    expect((await edits.preview(fill(constant('1'), whole([5]), 'b'))).first).toEqual(
      Array<string>(5).fill('1.0'),
    )
  })
})

test('a preview says what is too large to be staged', async () => {
  const { edits } = await withArray({ shape: [1e12], chunks: [1e6], dtype: 'u1' })
  expect(await edits.preview(fill(constant('1'), whole([1e12])))).toMatchObject({ tooLarge: true })
})
