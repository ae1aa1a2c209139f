import type { NodeSummary } from '@shared/model/node'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type IndexedNode, searchText } from '../state/node-index'
import { filterTree, filterWords } from './filter-tree'

const node = (path: string, extra: Partial<NodeSummary> = {}): IndexedNode => {
  const summary: NodeSummary = {
    path,
    name: path.split('/').at(-1) ?? '',
    kind: 'group',
    zarrFormat: 3,
    ...extra,
  }
  return { store: 's', summary, text: searchText(summary) }
}

const store = [
  node(''),
  node('forecast'),
  node('forecast/u10', { kind: 'array', dtype: 'int16', attributeKeys: ['units', 'scale_factor'] }),
  node('forecast/v10', { kind: 'array', dtype: 'int16' }),
  node('obs'),
  node('obs/Temperature', { kind: 'array', dtype: 'float32', attributeKeys: ['units'] }),
]

test.each([
  ['u10', ['s:forecast/u10'], 1],
  ['TEMP', ['s:obs/Temperature'], 1],
  ['float32', ['s:obs/Temperature'], 1],
  ['units', ['s:forecast/u10', 's:obs/Temperature'], 2],
  ['int16 scale', ['s:forecast/u10'], 1],
  ['nothing like it', [], 0],
])('"%s" leaves %j', (query, leaves, matches) => {
  const tree = filterTree([store], filterWords(query))
  const rows = [...tree.children.values()].flat()
  expect(rows.filter((id) => !tree.children.has(id))).toEqual(leaves)
  expect(tree.matches).toBe(matches)
})

test('groups above a match are shown and opened, in tree order', () => {
  const tree = filterTree([store], ['units'])
  expect(tree.children.get('s:')).toEqual(['s:forecast', 's:obs'])
  expect(tree.expanded.toSorted()).toEqual(['s:', 's:forecast', 's:obs'])
})

test('every match is reachable from the root exactly once', () => {
  const name = fc.constantFrom('a', 'b', 'ab', 'c')
  const paths = fc.array(fc.array(name, { minLength: 1, maxLength: 4 }), { maxLength: 30 })
  fc.assert(
    fc.property(paths, name, (lists, word) => {
      const all = new Set(['', ...lists.flatMap((p) => p.map((_, i) => p.slice(0, i + 1).join('/')))])
      const nodes = [...all].toSorted().map((p) => node(p))
      const tree = filterTree([nodes], [word])
      const reached: string[] = []
      const visit = (id: string): void => {
        for (const child of tree.children.get(id) ?? []) {
          reached.push(child)
          visit(child)
        }
      }
      visit('s:')
      expect(new Set(reached).size).toBe(reached.length)
      for (const n of nodes)
        if (n.summary.path !== '' && n.text.includes(word)) expect(reached).toContain(`s:${n.summary.path}`)
    }),
    { seed: 20260101, numRuns: 200 },
  )
})
