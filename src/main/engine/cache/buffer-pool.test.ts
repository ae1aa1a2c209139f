import { expect, test } from 'vitest'
import { UsageError } from '@shared/errors'
import { BufferPool } from './buffer-pool'

test('lends a buffer again only after it came back', () => {
  const pool = new BufferPool()
  const first = pool.acquire(100_000)
  const second = pool.acquire(100_000)
  expect(second.buffer).not.toBe(first.buffer)
  first.release()
  expect(pool.acquire(99_000).buffer).toBe(first.buffer)
  expect(pool.acquire(100_000).buffer).not.toBe(first.buffer)
})

test('refuses to take a buffer back twice', () => {
  const lent = new BufferPool().acquire(1)
  lent.release()
  expect(() => lent.release()).toThrow(UsageError)
})

test('keeps no more than its capacity, the ones used last', () => {
  const pool = new BufferPool(3 * 65_536)
  const lent = Array.from({ length: 4 }, () => pool.acquire(65_536))
  lent.forEach((one) => one.release())
  expect(pool.bytes).toBe(3 * 65_536)
  const again = Array.from({ length: 4 }, () => pool.acquire(65_536).buffer)
  expect(again.slice(0, 3)).toEqual([lent[3]!.buffer, lent[2]!.buffer, lent[1]!.buffer])
  expect(again).not.toContain(lent[0]!.buffer)
  expect(pool.bytes).toBe(0)
})

test.each([0, 1, 4096, 4097, 1e6, 4e8, 2 ** 31])(
  'a buffer for %i bytes holds them, and not much more',
  (bytes) => {
    const { buffer } = new BufferPool().acquire(bytes)
    expect(buffer.byteLength).toBeGreaterThanOrEqual(bytes)
    expect(buffer.byteLength).toBeLessThanOrEqual(Math.max(4096, bytes * 1.125 + 4096))
  },
)
