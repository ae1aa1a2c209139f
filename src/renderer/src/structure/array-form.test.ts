import { expect, test } from 'vitest'
import { arrayOptions, NEW_ARRAY } from './array-form'

test('what is typed becomes the options of an array', () => {
  const text = {
    ...NEW_ARRAY,
    shape: '365, 720',
    chunks: '1, none',
    shards: '73, 720',
    fillValue: 'none',
    compressor: 'none',
    filters: 'delta',
    dimensionNames: 'time, ',
    attributes: '{"units": "K"}',
  }
  expect(arrayOptions(text)).toEqual({
    options: {
      shape: [365, 720],
      chunks: [1, null],
      shards: [73, 720],
      dtype: 'float32',
      order: 'C',
      fillValue: null,
      compressor: null,
      filters: ['delta'],
      zarrFormat: 3,
      dimensionNames: ['time', null],
      attributes: '{"units": "K"}',
    },
  })
})

test('a field that cannot be read is named', () => {
  expect(arrayOptions({ ...NEW_ARRAY, shape: 'ten' })).toMatchObject({ field: 'shape' })
  expect(arrayOptions({ ...NEW_ARRAY, chunks: '1, x' })).toMatchObject({ field: 'chunks' })
})
