import { expect, test } from 'vitest'
import { humanSize, oneDecimal } from './human-size'

/** As Python's "%.1f" gives them, and as the figures of zarr 1.0's documentation show. */
test.each([
  [0, '0'],
  [317, '317'],
  [1023, '1023'],
  [1024, '1.0K'],
  [254023, '248.1K'],
  [1048575, '1024.0K'],
  [2347617, '2.2M'],
  [138596064, '132.2M'],
  [400000000, '381.5M'],
  [1600000000, '1.5G'],
  [1e13, '9.1T'],
  [1e19, '8881.8P'],
])('%d bytes are %s', (bytes, text) => expect(humanSize(bytes)).toBe(text))

test.each([
  [0.25, '0.2'],
  [0.35, '0.3'],
  [0.05, '0.1'],
  [1261829.652996845, '1261829.7'],
])('%d rounds to %s', (value, text) => expect(oneDecimal(value)).toBe(text))
