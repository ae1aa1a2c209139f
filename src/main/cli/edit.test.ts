import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { create, data, done, info, refused, workspace } from './testing/workspace'

const ws = workspace()
const edit = (words: object, ...more: string[]): Promise<string> =>
  done(['edit', ws.a, JSON.stringify(words), ...more])

test('cells are changed where a region or a condition names them', async () => {
  await create(ws)
  await done(['set', ws.a, '...', 'arange'])
  const doubled = { kind: 'fill', region: '0, ::2', fill: { kind: 'expression', text: 'x * 2' } }
  expect(await edit(doubled)).toBe('Fill 3 cells of /a[0, 0:5:2]\n')
  expect(await data(ws.a, '0')).toEqual([0, 1, 4, 3, 8, 5])
  await edit({ kind: 'replace', region: '...', where: '> 20', fill: { kind: 'constant', text: '-1' } })
  await edit({ kind: 'clear', region: '1, :2' })
  expect(await data(ws.a, '1:')).toEqual([
    [0, 0, 8, 9, 10, 11],
    [12, 13, 14, 15, 16, 17],
    [18, 19, 20, -1, -1, -1],
  ])
  expect(await edit({ kind: 'clear', region: '1, :2' })).toBe('Nothing to change\n')
})

test('attributes inside of others', async () => {
  await create(ws, '--attrs', '{"a": [1, {"b": 1.50}]}')
  await edit({ kind: 'attributes', changes: [{ op: 'rename', path: ['a', 1, 'b'], name: 'c' }] })
  expect(await info(ws.a)).toMatchObject({ attributes: { a: [1, { c: 1.5 }] } })
})

test('chunks are deleted when that is meant, and nothing is written besides', async () => {
  await create(ws)
  await done(['set', ws.a, '...', '7'])
  const words = { kind: 'deleteChunks', chunks: [[0, 1]] }
  await refused(ws, 2, /deletes 1 chunk .*--yes/, ['edit', ws.a, JSON.stringify(words)])
  await edit(words, '--yes')
  expect(existsSync(join(ws.a, 'c/0/1'))).toBe(false)
  expect(await data(ws.a, '0')).toEqual([7, 7, 7, 0, 0, 0])
})

test.each([
  ['nonsense', '{', /JSON object/],
  ['what has a command', '{"kind": "delete"}', /one of these kinds/],
  ['what is not whole', '{"kind": "fill", "region": "0"}', /no edit: fill/],
  ['lists of indices', '{"kind": "clear", "region": "[0, 1], 0"}', /no lists/],
])('%s is refused', async (_what, text, message) => {
  await create(ws)
  await refused(ws, 2, message, ['edit', ws.a, text])
})
