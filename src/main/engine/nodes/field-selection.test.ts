import { expect, test } from 'vitest'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { splitFields } from './field-selection'

const record: DataTypeSpec = { kind: 'struct', fields: [{ name: 'x', type: { kind: 'bool' } }] }

test.each([
  ['"x"', ['x'], ''],
  [`'x', "y" , 0:3, -1`, ['x', 'y'], ' 0:3, -1'],
  ['0:3', undefined, '0:3'],
  ['"time"=3', undefined, '"time"=3'],
  ['', undefined, ''],
])('%s', (text, fields, rest) => expect(splitFields(text, record)).toEqual({ fields, rest }))

test('leaves selections of other types alone', () => {
  expect(splitFields('"x"', { kind: 'bool' })).toEqual({ fields: undefined, rest: '"x"' })
})
