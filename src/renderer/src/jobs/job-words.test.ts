import { expect, test } from 'vitest'
import { durationText, percentOf, progressText } from './job-words'

const job = {
  done: 2 ** 30,
  total: 2 ** 32,
  unit: 'bytes',
  rate: 2 ** 28,
  secondsLeft: 12,
  state: 'running',
  phase: 'copying',
} as Parameters<typeof progressText>[0]

test('says how far a job is, how fast, and how long it will take', () => {
  expect(progressText(job)).toBe('copying, 1.0 GiB of 4.0 GiB, 256.0 MiB/s, 12 s left')
  expect(
    progressText({ ...job, total: null, rate: null, secondsLeft: null, unit: 'chunks', done: 1240 }),
  ).toBe('copying, 1,240 chunks')
  expect(progressText({ ...job, state: 'paused', rate: null, secondsLeft: null })).toMatch(
    /^paused, 1\.0 GiB/,
  )
})

test.each([
  [0.2, '1 s'],
  [59.4, '59 s'],
  [130, '2 min 10 s'],
  [4000, '1 h 6 min'],
])('%d seconds are %s', (seconds, text) => expect(durationText(seconds)).toBe(text))

test('a job is never done before it is', () => {
  expect(percentOf({ done: 999, total: 1000 })).toBe(99)
  expect(percentOf({ done: 5, total: null })).toBeUndefined()
})
