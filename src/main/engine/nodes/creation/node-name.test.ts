import { expect, test } from 'vitest'
import { UsageError } from '@shared/errors'
import type { ZarrFormat } from '@shared/model/node'
import { InlineExecutor } from '../../pool/inline'
import { MemoryStore } from '../../stores/memory'
import { createGroup } from './create-node'
import { checkNodeName } from './node-name'
import { checkNoTwin } from './twin-name'

const context = { executor: new InlineExecutor() }

test.each([
  'temperature',
  'a.b',
  'c',
  '0',
  'Größe',
  '日本',
  '.hidden',
  'con-1',
  'compact',
  'a b',
  'x'.repeat(255),
])('%s may be made', (name) => {
  expect(() => checkNodeName(name, 3)).not.toThrow()
})

test.each<[string, string, ZarrFormat?]>([
  ['', 'it is empty'],
  ['..', 'dots only'],
  ['a/b', '"/" cannot be part'],
  ['a\\b', '"\\\\" cannot be part'],
  ['__array__', 'format 3 uses this name itself'],
  ['0.12', 'format 2 uses this name itself', 2],
  ['zarr.json', 'metadata document', 2],
  ['.zarray', 'metadata document'],
  ['x.0123abcd.zarrscope.lock', 'unfinished writes and locks'],
  ['CON', 'a device'],
  ['nul.txt', 'a device'],
  ['COM1', 'a device'],
  ['CONOUT$', 'a device'],
  ['a:b', '":" cannot be part'],
  ['a?', '"?" cannot be part'],
  ['tab\there', '"\\t" cannot be part'],
  ['dot.', 'ends in a dot'],
  ['space ', 'ends in a dot or a space'],
  ['ü'.repeat(128), 'longer than 255 bytes'],
])('%s may not: %s', (name, why, format = 3) => {
  expect(() => checkNodeName(name, format)).toThrow(UsageError)
  expect(() => checkNodeName(name, format)).toThrow(why)
})

test('a group on the way that may not be made is refused before anything is written', async () => {
  const store = new MemoryStore()
  await createGroup(store, '', {}, context)
  await expect(createGroup(store, 'new/CON/x', {}, context)).rejects.toThrow('a device')
  expect(await store.list('')).toEqual({ keys: ['zarr.json'], prefixes: [] })
})

test.each([
  ['Data', 'data'],
  ['été', 'été'.normalize('NFD')],
  ['ÉTÉ', 'été'.normalize('NFD')],
])('%s is refused beside %s, as a group on the way too', async (name, sibling) => {
  const store = new MemoryStore()
  await createGroup(store, `g/${sibling}`, {}, context)
  const why = `"g/${name}" cannot be created beside "g/${sibling}"`
  await expect(checkNoTwin(store, `g/${name}`)).rejects.toThrow(why)
  await expect(checkNoTwin(store, `g/${name}/new`)).rejects.toThrow(why)
  await checkNoTwin(store, `h/${name}`)
  await checkNoTwin(store, `g/${sibling}/${name}`)
  await checkNoTwin(store, `g/${name}`, `g/${sibling}`)
})
