import { expect, test } from 'vitest'
import { hexRow } from './hex-text'

test('a row has an offset, pairs of digits and the characters that can be printed', () => {
  const bytes = new TextEncoder().encode('Zarr\n')
  const { offset, hex, ascii } = hexRow(Uint8Array.of(0, 255, ...bytes), 0x1230)
  expect(offset).toBe('00001230')
  expect(hex).toEqual(['00', 'ff', '5a', '61', '72', '72', '0a', ...new Array<string>(9).fill('')])
  expect(ascii).toBe('··Zarr·')
})
