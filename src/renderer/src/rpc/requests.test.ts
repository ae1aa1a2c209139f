import { AbortedError, DisconnectedError } from '@shared/errors'
import type { CallOptions, Client } from '@shared/rpc/client'
import type { Method } from '@shared/rpc/contract'
import { beforeEach, expect, test, vi } from 'vitest'
import { useJobs } from '../state/jobs'
import { connect, useConnection } from './connection'
import { invalidate, requestOf } from './requests'

interface Asked {
  method: string
  input: unknown
  options: CallOptions<Method>
  answer: (value: unknown) => Promise<void>
  fail: (error: Error) => Promise<void>
}

let asked: Asked[] = []
let lose: () => void = () => undefined

/** A client that writes down what is asked and answers when told to. */
function client(): Client {
  return {
    call: ((method: string, input: unknown, options: CallOptions<Method> = {}) => {
      if (method === 'host.info') return Promise.resolve({ open: [] })
      return new Promise((resolve, reject) => {
        options.signal?.addEventListener('abort', () => reject(new AbortedError()))
        const settled = async (act: () => void): Promise<void> => {
          act()
          await Promise.resolve().then(() => Promise.resolve())
        }
        asked.push({
          method,
          input,
          options,
          answer: (value) => settled(() => resolve(value as never)),
          fail: (error) => settled(() => reject(error)),
        })
      })
    }) as Client['call'],
    onClose: (listener) => {
      lose = listener
    },
    close: () => undefined,
  }
}

let next = 0
let store = ''
const input = (): { store: string; path: string } => ({ store, path: `node${next++}` })
const nothing = (): void => undefined

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  asked = []
  store = `store${next++}`
  await connect(() => Promise.resolve(client()))
})

test('equal questions share one call and its answer', async () => {
  const question = input()
  const one = requestOf('node.summary', question)
  const two = requestOf('node.summary', { ...question })
  const news = vi.fn()
  one.subscribe(news)
  two.subscribe(nothing)
  expect(asked).toHaveLength(1)
  await asked[0]?.answer({ text: 'x' })
  expect(two.snapshot()).toMatchObject({ status: 'done', data: { text: 'x' } })
  expect(news).toHaveBeenCalled()
})

test('the call is aborted when the last one leaves, but not by a re-mount', () => {
  const request = requestOf('node.summary', input())
  const leave = request.subscribe(nothing)
  leave()
  const leaveAgain = request.subscribe(nothing)
  vi.advanceTimersByTime(1000)
  expect(asked).toHaveLength(1)
  expect(asked[0]?.options.signal?.aborted).toBe(false)
  leaveAgain()
  vi.advanceTimersByTime(1000)
  expect(asked[0]?.options.signal?.aborted).toBe(true)
})

test('an answer is kept for those who come back', async () => {
  const question = input()
  const leave = requestOf('node.summary', question).subscribe(nothing)
  await asked[0]?.answer({ text: 'kept' })
  leave()
  vi.advanceTimersByTime(1000)
  const again = requestOf('node.summary', question)
  again.subscribe(nothing)
  expect(again.snapshot().data).toEqual({ text: 'kept' })
  expect(asked).toHaveLength(1)
})

test('cancelling keeps the last progress and can be taken back', async () => {
  const request = requestOf('node.storage', input(), 'Count')
  request.subscribe(nothing)
  expect(useJobs.getState().jobs.map((j) => j.name)).toEqual(['Count'])
  asked[0]?.options.onProgress?.({ files: 3 } as never)
  request.cancel()
  expect(request.snapshot()).toMatchObject({ status: 'cancelled', progress: { files: 3 } })
  await vi.waitFor(() => expect(useJobs.getState().jobs).toEqual([]))
  request.start()
  await asked[1]?.answer({ files: 9 })
  expect(request.snapshot()).toMatchObject({ status: 'done', data: { files: 9 } })
})

test('a failure is told, and asking again may succeed', async () => {
  const request = requestOf('node.summary', input())
  request.subscribe(nothing)
  await asked[0]?.fail(new DisconnectedError())
  expect(request.snapshot()).toMatchObject({ status: 'error', error: { code: 'DISCONNECTED' } })
  request.start()
  expect(request.snapshot()).toMatchObject({ status: 'loading', error: undefined })
})

test('invalidating asks again what is on screen, keeps showing it, and forgets the rest', async () => {
  const [seen, unseen] = [input(), input()]
  const request = requestOf('node.summary', seen)
  request.subscribe(nothing)
  const leave = requestOf('node.summary', unseen).subscribe(nothing)
  await asked[0]?.answer({ text: 'old' })
  await asked[1]?.answer({ text: 'other' })
  leave()
  vi.advanceTimersByTime(1000)
  invalidate('another store')
  expect(asked).toHaveLength(2)
  invalidate(store)
  expect(request.snapshot()).toMatchObject({ status: 'loading', data: { text: 'old' } })
  expect(asked).toHaveLength(3)
  requestOf('node.summary', unseen).subscribe(nothing)
  expect(asked).toHaveLength(4)
})

test('after a lost connection the next one answers anew', async () => {
  const question = input()
  requestOf('node.summary', question).subscribe(nothing)
  await asked[0]?.answer({ text: 'before' })
  lose()
  expect(useConnection.getState()).toMatchObject({ status: 'lost', error: { code: 'DISCONNECTED' } })
  await connect(() => Promise.resolve(client()))
  requestOf('node.summary', question).subscribe(nothing)
  expect(asked).toHaveLength(2)
})
