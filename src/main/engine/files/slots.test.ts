import { expect, test } from 'vitest'
import { AbortedError } from '@shared/errors'
import { Slots } from './slots'

test('no more than the limit run at once, all in the order they came, also past failures', async () => {
  const slots = new Slots(3)
  let running = 0
  let most = 0
  const began: number[] = []
  const task = async (number: number): Promise<number> => {
    began.push(number)
    most = Math.max(most, ++running)
    await new Promise(setImmediate)
    running--
    if (number % 5 === 0) throw new Error(String(number))
    return number
  }
  const numbers = Array.from({ length: 40 }, (_, i) => i)
  const results = await Promise.allSettled(numbers.map((number) => slots.run(() => task(number))))
  expect(most).toBe(3)
  expect(began).toEqual(numbers)
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(8)
})

test('what was cancelled while it waited does not begin', async () => {
  const slots = new Slots(1)
  const abort = new AbortController()
  let began = false
  const first = slots.run(() => new Promise((resume) => setImmediate(resume)))
  const second = slots.run(async () => (began = true), abort.signal)
  abort.abort()
  await first
  await expect(second).rejects.toThrow(AbortedError)
  expect(began).toBe(false)
  expect(await slots.run(async () => 'next')).toBe('next')
})
