import { setImmediate as breathe } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { IoError } from '@shared/errors'
import { Job } from './job'
import type { JobControl, PreparedJob } from './prepared-job'
import { Rate } from './rate'
import { Turns } from './turns'

const spec = { kind: 'verify', source: { store: 's', path: '' }, data: false } as const

/** A job of ten steps, each after the gate; `closed` counts how often it let go of what it held. */
function steps(turns = new Turns(2), fails = false) {
  const state = { done: 0, closed: 0, control: undefined as JobControl | undefined }
  const prepared: PreparedJob = {
    label: 'Ten steps',
    unit: 'chunks',
    run: async (control) => {
      state.control = control
      for (let i = 0; i < 10; i++) {
        await control.gate()
        await breathe()
        if (fails && i === 5) throw new IoError('/disk/x', 'ENOSPC', 'the disk is full.')
        control.report({ phase: 'stepping', done: ++state.done, total: 10 })
      }
      return { message: 'Ten steps.' }
    },
    left: () => 'Nothing was changed.',
    close: async () => {
      state.closed++
    },
  }
  const job = new Job(1, spec, { prepared, turns, changed: () => undefined })
  return { job, state }
}

test('a job goes from running to done, and lets go of what it held', async () => {
  const { job, state } = steps()
  expect(job.info).toMatchObject({
    state: 'running',
    phase: 'waiting for other jobs',
    total: null,
    endedAt: null,
  })
  await job.run()
  expect(job.info).toMatchObject({ state: 'done', phase: '', done: 10, total: 10, message: 'Ten steps.' })
  expect(job.info.endedAt).not.toBeNull()
  expect(state.closed).toBe(1)
})

test('paused it stands still at the gate, resumed it goes on', async () => {
  const { job, state } = steps()
  const running = job.run()
  while (state.done < 3) await breathe()
  job.pause()
  const { done } = state
  for (let i = 0; i < 20; i++) await breathe()
  expect(state.done).toBeLessThanOrEqual(done + 1)
  expect(job.info).toMatchObject({ state: 'paused', rate: null, secondsLeft: null })
  job.resume()
  await running
  expect(job.info).toMatchObject({ state: 'done', done: 10 })
})

test.each([false, true])('cancelled (paused: %s) it says so and what is left', async (paused) => {
  const { job, state } = steps()
  const running = job.run()
  while (state.done < 3) await breathe()
  if (paused) job.pause()
  job.cancel()
  await running
  expect(job.info).toMatchObject({ state: 'cancelled', message: 'It was cancelled. Nothing was changed.' })
  expect(state).toMatchObject({ closed: 1 })
  job.cancel()
  job.pause()
  expect(job.info.state).toBe('cancelled')
})

test('a failure is told with what is left', async () => {
  const { job } = steps(undefined, true)
  await job.run()
  expect(job.info).toMatchObject({
    state: 'failed',
    message: '/disk/x: the disk is full. Nothing was changed.',
  })
})

test('of three jobs two are at work; a paused one makes room and waits for its turn again', async () => {
  const turns = new Turns(1)
  const [first, second] = [steps(turns), steps(turns)]
  const running = [first.job.run()]
  while (first.state.done < 2) await breathe()
  running.push(second.job.run())
  for (let i = 0; i < 3; i++) await breathe()
  expect(second.state.done).toBe(0)
  first.job.pause()
  while (second.state.done < 1) await breathe()
  first.job.resume()
  await Promise.all(running)
  expect([first.job.info.state, second.job.info.state]).toEqual(['done', 'done'])
})

test('a job that is cancelled while it waits is never begun, and takes no turn', async () => {
  const turns = new Turns(1)
  const give = await turns.take(new AbortController().signal)
  const { job, state } = steps(turns)
  const running = job.run()
  job.cancel()
  await running
  expect(state).toMatchObject({ control: undefined, closed: 1 })
  give()
  await steps(turns).job.run()
})

test('the rate is that of the last seconds', () => {
  const rate = new Rate()
  expect(rate.perSecond).toBeNull()
  rate.add(0, 0)
  rate.add(100, 1000)
  expect(rate.perSecond).toBe(100)
  for (let s = 2; s <= 10; s++) rate.add(100 + (s - 1) * 10, s * 1000)
  expect(rate.perSecond).toBeCloseTo(10)
  rate.clear()
  expect(rate.perSecond).toBeNull()
})
