import { describe, expect, test } from 'vitest'
import { flattenTree, treeAction } from './flat-tree'

const children: Record<string, string[]> = {
  root: ['a', 'b', 'c'],
  a: ['a1', 'a2'],
  a2: ['deep'],
  c: [],
}
const below = (id: string): string[] => children[id] ?? []
const flat = (...expanded: string[]) => flattenTree(['root', 'other'], below, new Set(expanded))

describe('rows', () => {
  test('only opened groups show their children, in order', () => {
    expect(flat().map((r) => r.id)).toEqual(['root', 'other'])
    expect(flat('root', 'a', 'a2').map((r) => r.id)).toEqual([
      'root',
      'a',
      'a1',
      'a2',
      'deep',
      'b',
      'c',
      'other',
    ])
  })
  test('a group opened inside a closed one stays hidden', () => {
    expect(flat('a').map((r) => r.id)).toEqual(['root', 'other'])
  })
  test('rows know their level, place and parent', () => {
    const deep = flat('root', 'a', 'a2').find((r) => r.id === 'deep')
    expect(deep).toEqual({ id: 'deep', level: 4, setSize: 1, posInSet: 1, parent: 3 })
    expect(flat('root')[2]).toMatchObject({ id: 'b', level: 2, setSize: 3, posInSet: 2, parent: 0 })
  })
  test('100,000 rows are no effort', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => `n${i}`)
    const rows = flattenTree(['g'], (id) => (id === 'g' ? many : []), new Set(['g']))
    expect(rows).toHaveLength(100_001)
    expect(rows.at(-1)).toMatchObject({ posInSet: 100_000, parent: 0 })
  })
})

describe('keys', () => {
  const open = new Set(['root', 'a'])
  const rows = flat(...open)
  const act = (key: string, id: string): string => {
    const index = rows.findIndex((r) => r.id === id)
    const state = { isGroup: (i: string) => i in children, isExpanded: (i: string) => open.has(i), page: 3 }
    const action = treeAction(key, rows, index, state)
    return action ? `${action.kind} ${rows[action.index]?.id}` : 'nothing'
  }
  test.each([
    ['ArrowDown', 'a', 'focus a1'],
    ['ArrowDown', 'other', 'focus other'],
    ['ArrowUp', 'root', 'focus root'],
    ['ArrowRight', 'a', 'focus a1'],
    ['ArrowRight', 'a2', 'expand a2'],
    ['ArrowRight', 'b', 'nothing'],
    ['ArrowLeft', 'a', 'collapse a'],
    ['ArrowLeft', 'a1', 'focus a'],
    ['ArrowLeft', 'other', 'nothing'],
    ['Home', 'c', 'focus root'],
    ['End', 'a', 'focus other'],
    ['PageDown', 'a', 'focus b'],
    ['PageUp', 'a1', 'focus root'],
    ['Enter', 'b', 'open b'],
    [' ', 'b', 'preview b'],
    ['x', 'b', 'nothing'],
  ])('%s on %s: %s', (key, id, expected) => expect(act(key, id)).toBe(expected))
})
