import { beforeEach, describe, expect, test } from 'vitest'
import { ConflictError, ReadOnlyError, UsageError, ValueError } from '@shared/errors'
import type { Edit } from '@shared/model/edits'
import { array3 } from '../nodes/testing/sample-nodes'
import { contents, type Values } from '../stores/contract-sample'
import type { MemoryStore } from '../stores/memory'
import { OverlayStore } from '../stores/overlay'
import { StoreEdits } from './store-edits'
import {
  A,
  attributes,
  box,
  cells,
  executor,
  grid,
  int16,
  set,
  values,
  with_,
  withNodes,
} from './testing/two-arrays'

let base: MemoryStore
let overlay: OverlayStore
let edits: StoreEdits
let before: Values

beforeEach(async () => {
  ;({ base, overlay, edits } = await withNodes())
  before = await contents(base)
})

describe('an edit is staged', () => {
  test('for several regions as one', async () => {
    const also = [box([2, 1], [2, 2])]
    const one = { ...cells([8], 'a', box([0, 1], [0, 2])), shape: [1, 1], also } as Edit
    await edits.apply(one)
    expect(await values(overlay, 'a')).toEqual(with_({ 0: 8, 1: 8, 10: 8, 11: 8 }))
    expect(edits.state.edits).toMatchObject([
      { label: 'Change 4 cells of /a in 2 ranges', region: '0:1, 0:2; 2:3, 2:4', cells: 4, chunks: 2 },
    ])
    await edits.apply({ kind: 'clear', path: 'a', dims: box([0, 1], [0, 1]), also })
    await edits.undo()
    await edits.undo()
    expect(await values(overlay, 'a')).toEqual(A)
  })

  test('and is listed without what would weigh on every report, which is there when it is asked for', async () => {
    await base.set(
      'long/zarr.json',
      Buffer.from(JSON.stringify(array3({ shape: [20_004], chunk_grid: grid([2]) }))),
    )
    await base.set('long/c/10001', int16([5, 6]))
    const typed = await edits.apply(cells([7]))
    const chunks = Array.from({ length: 10_002 }, (_, i) => [i])
    const deleted = await edits.apply({ kind: 'deleteChunks', path: 'long', chunks })
    expect(edits.state.edits.map(({ edit }) => edit)).toMatchObject([
      { data: new Uint8Array() },
      { chunks: { length: 10_000 } },
    ])
    expect(await edits.edit(typed.id)).toMatchObject({ kind: 'cells', data: int16([7]) })
    expect(await edits.edit(deleted.id)).toMatchObject({ chunks })
    await expect(edits.edit(99)).rejects.toThrow(UsageError)
    await edits.revert(typed.id)
    expect(edits.state).toMatchObject({ keys: 1, edits: [{ id: deleted.id }] })
  })

  test('over the store, which stays as it was until Save', async () => {
    await edits.apply(cells([10, 11, 12]))
    expect(await values(overlay, 'a')).toEqual(with_({ 0: 10, 1: 11, 2: 12 }))
    expect(await contents(base)).toEqual(before)
    expect(edits.state).toMatchObject({
      keys: 2,
      bytes: 16,
      paths: ['a'],
      undo: 'Change 3 cells of /a[0:1, 0:3]',
      redo: null,
      edits: [{ kind: 'cells', path: 'a', region: '0:1, 0:3', cells: 3, chunks: 2, bytes: 16 }],
    })
    expect(await edits.save()).toEqual({ keys: 2, bytes: 16 })
    expect(await values(base, 'a')).toEqual(with_({ 0: 10, 1: 11, 2: 12 }))
    expect(overlay.staged.size).toBe(0)
  })

  test('a single cell is told before and after', async () => {
    await edits.apply(cells([-5], 'a', box([1, 1], [1, 1])))
    expect(edits.state.edits[0]).toMatchObject({ before: '4', after: '-5' })
  })

  test.each<[string, Edit, unknown]>([
    ['too few bytes', { ...cells([1, 2]), shape: [1, 3] } as Edit, ValueError],
    ['a shape that does not fit', { ...cells([1, 2, 3]), dims: box([0, 2], [0, 4]) } as Edit, ValueError],
    ['an attribute that is not there', attributes([{ op: 'delete', path: ['x'] }]), UsageError],
    ['half a list of attributes', attributes([set('units', '1'), set('n', '{')]), Error],
    ['a node that exists', { kind: 'createGroup', path: 'g/b', zarrFormat: 3 }, Error],
    ['a group in the place of an array', { kind: 'createGroup', path: 'a/x', zarrFormat: 3 }, UsageError],
    ['a name that differs in case only', { kind: 'createGroup', path: 'G', zarrFormat: 3 }, UsageError],
  ])('or, with %s, refused without a trace', async (_, edit, error) => {
    await expect(edits.apply(edit)).rejects.toThrow(error)
    expect(overlay.staged.size).toBe(0)
    expect(edits.state).toMatchObject({ edits: [], undo: null })
  })

  test('what comes to what is stored is no difference', async () => {
    await edits.apply(cells([1, 2]))
    expect(edits.state).toMatchObject({ keys: 0, edits: [] })
    await edits.apply(cells([9]))
    await edits.apply(cells([1]))
    expect(edits.state.keys).toBe(0)
    await edits.undo()
    expect(await values(overlay, 'a')).toEqual(with_({ 0: 9 }))
  })

  test('nothing where editing is frozen', async () => {
    const frozen = new StoreEdits({ overlay, executor, frozen: 'The disk is read-only.' })
    await expect(frozen.apply(cells([9]))).rejects.toThrow(ReadOnlyError)
    expect(frozen.state.frozen).toBe('The disk is read-only.')
  })
})

const document = async (key: string, store: OverlayStore | MemoryStore = overlay): Promise<string> =>
  new TextDecoder().decode(await store.get(key))

describe('kinds of edits', () => {
  test('clear removes what is covered whole', async () => {
    await edits.apply({ kind: 'clear', path: 'a', dims: box([0, 2], [0, 2]) })
    expect([...overlay.staged]).toEqual([['a/c/0/0', null]])
    await edits.save()
    expect(await base.get('a/c/0/0')).toBeUndefined()
  })

  test('attributes keep the tokens that were not named', async () => {
    const text = await document('a/zarr.json')
    await edits.apply(attributes([set('n', '1.50')]))
    expect(await document('a/zarr.json')).toBe(text.replace('"n":1', '"n":1.50'))
    expect(edits.state.edits[0]).toMatchObject({ before: '1', after: '1.50', chunks: 0 })
  })

  test('a whole text of attributes keeps the bytes of equal values', async () => {
    await edits.apply({ kind: 'attributesText', path: 'a', text: '{ "n": 2, "units": "\\u004b" }' })
    expect(await document('a/zarr.json')).toContain('"attributes":{ "n": 2, "units": "K" }')
  })

  test('new nodes appear, moved ones move, deleted ones go', async () => {
    await edits.apply({ kind: 'move', path: 'g/b', to: 'h/b2' })
    expect(await overlay.list('')).toEqual({ keys: ['zarr.json'], prefixes: ['a', 'g', 'h'] })
    expect(await values(overlay, 'h/b2')).toEqual([7, 7, 5, 6])
    await edits.apply({ kind: 'delete', path: 'a' })
    await edits.apply({ kind: 'createGroup', path: 'new', zarrFormat: 3 })
    await edits.save()
    expect(Object.keys(await contents(base)).sort()).toEqual(
      ['zarr.json', 'g/zarr.json', 'h/zarr.json', 'h/b2/zarr.json', 'h/b2/c/1', 'new/zarr.json'].sort(),
    )
    for (let i = 0; i < 3; i++) await edits.undo()
    await edits.save()
    expect(await contents(base)).toEqual(before)
  })

  test('a smaller array has no chunks outside, and shows the fill value when it grows again', async () => {
    await edits.apply({ kind: 'resize', path: 'a', shape: [1, 1] })
    await edits.apply({ kind: 'resize', path: 'a', shape: [2, 2] })
    expect(await values(overlay, 'a')).toEqual([1, 7, 7, 7])
  })

  test('chunks are deleted by their coordinates, and dropped where they hold the fill value only', async () => {
    await base.set('a/c/0/1', int16([7, 7, 7, 7]))
    await edits.apply({ kind: 'dropFillOnly', path: 'a' })
    expect([...overlay.staged]).toEqual([['a/c/0/1', null]])
    await edits.apply({
      kind: 'deleteChunks',
      path: 'a',
      chunks: [
        [0, 0],
        [1, 1],
      ],
    })
    expect(overlay.staged.size).toBe(2)
    await expect(edits.apply({ kind: 'deleteChunks', path: 'a', chunks: [[9, 0]] })).rejects.toThrow(
      /no chunk/,
    )
  })

  test('a preview counts and stages nothing', async () => {
    expect(await edits.preview({ kind: 'clear', path: 'a', dims: box([0, 2], [0, 3]) })).toEqual({
      cells: 6,
      chunksWritten: 0,
      chunksDeleted: 1,
      bytesDeleted: 8,
      documents: 0,
      tooLarge: false,
    })
    expect(await edits.preview({ kind: 'delete', path: 'g' })).toMatchObject({
      chunksDeleted: 1,
      documents: 2,
    })
    expect(overlay.staged.size).toBe(0)
  })
})

describe('undo and redo', () => {
  test('go back and forth to the byte', async () => {
    const seen = [await contents(overlay)]
    for (const edit of [cells([9, 8]), cells([5], 'a', box([2, 1], [3, 1])), attributes([set('n', '2')])]) {
      await edits.apply(edit)
      seen.push(await contents(overlay))
    }
    for (let i = 2; i >= 0; i--) {
      await edits.undo()
      expect(await contents(overlay)).toEqual(seen[i])
    }
    expect(overlay.staged.size).toBe(0)
    for (let i = 1; i <= 3; i++) {
      await edits.redo()
      expect(await contents(overlay)).toEqual(seen[i])
    }
    await expect(edits.redo()).rejects.toThrow('nothing to redo')
  })

  test('reach across Save', async () => {
    await edits.apply(cells([9]))
    await edits.apply(cells([8], 'a', box([2, 1], [3, 1])))
    await edits.save()
    await edits.undo()
    await edits.undo()
    expect(edits.state.edits.map(({ label }) => label)).toEqual([
      'Take back: Change 1 cell of /a[2:3, 3:4]',
      'Take back: Change 1 cell of /a[0:1, 0:1]',
    ])
    await edits.save()
    expect(await contents(base)).toEqual(before)
    await edits.redo()
    await edits.save()
    expect(await values(base, 'a')).toEqual(with_({ 0: 9 }))
  })

  test('discarding after an undo across Save leaves what was saved', async () => {
    await edits.apply(cells([9]))
    await edits.save()
    await edits.undo()
    await edits.discard()
    expect(edits.state).toMatchObject({ keys: 0, edits: [], undo: 'Change 1 cell of /a[0:1, 0:1]' })
    await edits.undo()
    expect(await contents(overlay)).toEqual(before)
  })

  test('refuse to undo what somebody else changed', async () => {
    await edits.apply(cells([9]))
    await edits.save()
    await base.set('a/c/0/0', int16([0, 0, 0, 0]))
    await expect(edits.undo()).rejects.toThrow(ConflictError)
    expect(overlay.staged.size).toBe(0)
  })
})

describe('one edit is taken out', () => {
  test('while later ones stay, also in the same chunk', async () => {
    const { id } = await edits.apply(cells([9, 8]))
    await edits.apply(cells([5], 'a', box([1, 1], [0, 1])))
    await edits.apply(cells([4], 'g/b', box([0, 1])))
    await edits.revert(id)
    expect(await values(overlay, 'a')).toEqual(with_({ 4: 5 }))
    expect(await values(overlay, 'g/b')).toEqual([4, 7, 5, 6])
    expect(edits.state.edits).toHaveLength(2)
    await edits.undo()
    await edits.undo()
    expect(overlay.staged.size).toBe(0)
  })

  test('unless later ones stand on it', async () => {
    const { id } = await edits.apply({ kind: 'createGroup', path: 'new', zarrFormat: 3 })
    await edits.apply({ kind: 'attributes', path: 'new', changes: [set('x', '1')] })
    const staged = await contents(overlay)
    await expect(edits.revert(id)).rejects.toThrow(ConflictError)
    expect(await contents(overlay)).toEqual(staged)
    expect(edits.state.edits).toHaveLength(2)
  })
})

describe('work on the store itself', () => {
  test('is refused below staged keys, and keeps edits away while it goes on', async () => {
    await edits.apply(cells([9]))
    await expect(edits.direct(['a'], async () => undefined)).rejects.toThrow('staged edits')
    const seen: string[] = []
    edits.changes.on(({ by, paths }) => seen.push(`${by} ${paths.join()}`))
    await edits.direct(['g'], async (store) => {
      await expect(edits.apply(cells([1], 'g/b', box([0, 1])))).rejects.toThrow('A job is writing')
      await store.set('g/x', Uint8Array.of(1))
    })
    expect(await overlay.get('g/x')).toEqual(Uint8Array.of(1))
    expect(seen).toEqual(['save g'])
  })
})
