import { expect, test } from 'vitest'
import { LimitError } from '@shared/errors'
import type { Edit } from '@shared/model/edits'
import { withArray } from './testing/bench'

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
