import { expect, test } from 'vitest'
import { parseJson } from '@shared/json/parse'
import type { JsonObject } from '@shared/json/value'
import { cfPacking } from './cf-packing'

const packing = (json: string) => cfPacking(parseJson(json).value as JsonObject)

test('scale, offset and the values that mean none', () => {
  const found = packing(
    '{"scale_factor": 0.01, "add_offset": 273, "_FillValue": -32768, "missing_value": [-32768, -1]}',
  )
  expect(found).toEqual({ scale: 0.01, offset: 273, masked: ['-32768', '-1'], time: null })
  expect(packing('{"_FillValue": NaN}')?.masked).toEqual(['NaN'])
  expect(packing('{"_FillValue": "NaN", "missing_value": "-9223372036854775808"}')?.masked).toEqual([
    'NaN',
    '-9223372036854775808',
  ])
  expect(packing('{"_FillValue": "AAAAAAAA+H8=", "missing_value": "AAAAAAA4j8A="}')?.masked).toEqual([
    'NaN',
    '-999',
  ])
})

test('times', () => {
  expect(packing('{"units": "days since 2000-01-01"}')?.time?.(31)).toBe('2000-02-01')
  expect(packing('{"units": "days since 2000-02-28", "calendar": "noleap"}')?.time?.(1)).toBe('2000-03-01')
})

test.each([
  ['{}'],
  ['{"units": "K", "scale_factor": 1, "add_offset": 0.0}'],
  ['{"scale_factor": 0}'],
  ['{"scale_factor": "big"}'],
  ['{"_FillValue": "AAAA"}'],
  ['{"_Unsigned": "true", "scale_factor": 0.5}'],
])('%s changes nothing', (json) => expect(packing(json)).toBeNull())
