import { describe, expect, test } from 'vitest'
import { SelectionError } from '@shared/errors'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { fieldType, takeFields } from './fields'

const byte: DataTypeSpec = { kind: 'uint', bits: 8 }
const record: DataTypeSpec = {
  kind: 'struct',
  fields: [
    { name: 'a', type: byte },
    { name: 'b', type: { kind: 'int', bits: 16 } },
    { name: 'c', type: { kind: 'subarray', item: byte, shape: [2] } },
  ],
}
const data = Uint8Array.from([1, 10, 11, 100, 101, 2, 20, 21, 200, 201])

describe('fields of records', () => {
  test('one field gives its own type, several a smaller record in the order asked for', () => {
    expect(fieldType(record, ['b'])).toEqual({ kind: 'int', bits: 16 })
    expect(fieldType(record, ['c', 'a'])).toEqual({
      kind: 'struct',
      fields: [record.fields[2], record.fields[0]],
    })
  })
  test('are copied out of the packed items', () => {
    expect([...takeFields(data, record, ['b'])]).toEqual([10, 11, 20, 21])
    expect([...takeFields(data, record, ['c', 'a'])]).toEqual([100, 101, 1, 200, 201, 2])
  })
  test('that do not exist are refused by name', () => {
    expect(() => takeFields(data, record, ['d'])).toThrow(
      new SelectionError('There is no field "d"; the fields are "a", "b", "c".'),
    )
    expect(() => fieldType(byte, ['x'])).toThrow(/has no fields/)
  })
})
