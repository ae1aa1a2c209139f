import { expect, test } from 'vitest'
import { UsageError } from '@shared/errors'
import { checkNewName, collision } from './new-names'

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
  expect(() => checkNewName(name, ['other', name])).not.toThrow()
})

test.each([
  ['', 'it is empty'],
  ['..', 'periods only'],
  ['a/b', 'slash'],
  ['a\\b', 'slash'],
  ['__array__', 'two underscores'],
  ['zarr.json', 'metadata'],
  ['x.zarrscope.lock', 'unfinished writes and locks'],
  ['CON', 'a device'],
  ['nul.txt', 'a device'],
  ['COM1', 'a device'],
  ['a:b', 'does not allow ":"'],
  ['a?', 'does not allow "?"'],
  ['tab\there', 'does not allow "\\t"'],
  ['dot.', 'at the end'],
  ['space ', 'at the end'],
  ['ü'.repeat(128), 'longer than 255 bytes'],
])('%s may not: %s', (name, why) => {
  expect(() => checkNewName(name)).toThrow(UsageError)
  expect(() => checkNewName(name)).toThrow(why)
})

test.each([
  ['Data', 'data'],
  ['été', 'été'.normalize('NFD')],
  ['ÉTÉ', 'été'.normalize('NFD')],
])('%s is refused beside %s', (name, sibling) => {
  expect(collision(name, ['x', sibling])).toBe(sibling)
  expect(() => checkNewName(name, ['x', sibling])).toThrow('exists')
})
