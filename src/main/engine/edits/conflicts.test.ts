import { beforeEach, describe, expect, test } from 'vitest'
import { ConflictError } from '@shared/errors'
import type { MemoryStore } from '../stores/memory'
import type { StoreEdits } from './store-edits'
import { attributes, box, cells, int16, set, values, with_, withNodes } from './testing/two-arrays'

let base: MemoryStore
let edits: StoreEdits
beforeEach(async () => {
  ;({ base, edits } = await withNodes())
})

describe('another program changes the store', () => {
  beforeEach(async () => {
    await edits.apply(cells([9]))
    await edits.apply(attributes([set('n', '2')]))
    await base.set('a/c/0/0', int16([0, 0, 0, 0]))
  })

  test('Save stops and shows both sides', async () => {
    await expect(edits.save()).rejects.toThrow(ConflictError)
    expect(edits.state.conflicts).toEqual([
      {
        ...{ key: 'a/c/0/0', path: 'a', coords: [0, 0], version: expect.any(String) as string },
        ...{ mine: '8 bytes\n9, 2\n3, 4', theirs: '8 bytes\n0, 0\n0, 0' },
      },
    ])
    expect(Buffer.from((await base.get('a/zarr.json'))!).toString()).toContain('"n":1')
  })

  test('which then changes again shows its latest side', async () => {
    await edits.check()
    await base.set('a/c/0/0', int16([5, 6, 7, 8]))
    await edits.check()
    expect(edits.state.conflicts).toMatchObject([{ theirs: '8 bytes\n5, 6\n7, 8' }])
  })

  test.each(['mine', 'theirs'] as const)('is not settled as %s by what is there no more', async (take) => {
    await edits.check()
    const shown = edits.state.conflicts
    await base.set('a/c/0/0', int16([5, 6, 7, 8]))
    await expect(edits.resolve(shown, take)).rejects.toThrow(/^a\/c\/0\/0 was changed again/)
    expect(edits.state.conflicts).toMatchObject([
      { mine: '8 bytes\n9, 2\n3, 4', theirs: '8 bytes\n5, 6\n7, 8' },
    ])
    await expect(edits.save()).rejects.toThrow(ConflictError)
    expect(await base.get('a/c/0/0')).toEqual(int16([5, 6, 7, 8]))
    await edits.resolve(edits.state.conflicts, 'mine')
    await edits.save()
    expect(await values(base, 'a')).toEqual(with_({ 0: 9 }))
  })

  test('mine chosen for what was deleted is asked again when it is there again', async () => {
    await base.delete('a/c/0/0')
    await edits.check()
    const shown = edits.state.conflicts
    expect(shown).toMatchObject([{ theirs: 'deleted\n7, 7\n7, 7' }])
    await base.set('a/c/0/0', int16([5, 6, 7, 8]))
    await expect(edits.resolve(shown, 'mine')).rejects.toThrow(ConflictError)
    expect(edits.state.conflicts).toHaveLength(1)
  })

  test('after mine was chosen is another conflict', async () => {
    await edits.check()
    await edits.resolve(edits.state.conflicts, 'mine')
    await base.set('a/c/0/0', int16([5, 6, 7, 8]))
    await expect(edits.save()).rejects.toThrow(ConflictError)
    expect(edits.state.conflicts).toMatchObject([{ theirs: '8 bytes\n5, 6\n7, 8' }])
  })

  test('my side follows what is staged and undone afterwards', async () => {
    await edits.check()
    await edits.apply(cells([8], 'a', box([0, 1], [1, 1])))
    expect(edits.state.conflicts).toMatchObject([{ mine: '8 bytes\n9, 8\n3, 4' }])
    await edits.undo()
    expect(edits.state.conflicts).toMatchObject([{ mine: '8 bytes\n9, 2\n3, 4' }])
    await edits.undo()
    await edits.undo()
    expect(edits.state).toMatchObject({ conflicts: [], keys: 0 })
  })

  test('mine overwrites, and undo brings theirs back', async () => {
    await edits.check()
    await edits.resolve(edits.state.conflicts, 'mine')
    await edits.save()
    expect(await base.get('a/c/0/0')).toEqual(int16([9, 2, 3, 4]))
    await edits.undo()
    await edits.undo()
    await edits.save()
    expect(await base.get('a/c/0/0')).toEqual(int16([0, 0, 0, 0]))
  })

  test('theirs drops mine', async () => {
    await edits.check()
    await edits.resolve(edits.state.conflicts, 'theirs')
    expect(edits.state).toMatchObject({ conflicts: [], keys: 1, edits: [{ kind: 'attributes' }] })
    await edits.save()
    expect(await base.get('a/c/0/0')).toEqual(int16([0, 0, 0, 0]))
  })
})
