import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { pollStores } from './poll-stores'

const window = vi.hoisted(() => ({
  status: 'ready',
  stores: [{ id: 'a' }, { id: 'b' }],
  asked: [] as string[],
  answer: (): Promise<null> => Promise.resolve(null),
}))
vi.mock('../rpc/connection', () => ({
  useConnection: { getState: () => ({ status: window.status }) },
  call: (method: string, { store }: { store: string }) => {
    window.asked.push(`${method} ${store}`)
    return window.answer()
  },
}))
vi.mock('../state/session', () => ({ useSession: { getState: () => ({ stores: window.stores }) } }))

const page = { visibilityState: 'visible' }
let stop: () => void
beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('document', page)
  Object.assign(page, { visibilityState: 'visible' })
  Object.assign(window, { status: 'ready', asked: [], answer: () => Promise.resolve(null) })
  stop = pollStores()
})
afterEach(() => {
  stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

const rounds = (count: number): Promise<unknown> => vi.advanceTimersByTimeAsync(count * 7000)
const BOTH = ['store.poll a', 'store.poll b']

test('every open store is asked about in each round, until it ends', async () => {
  await rounds(2)
  expect(window.asked).toEqual([...BOTH, ...BOTH])
  stop()
  await rounds(3)
  expect(window.asked).toHaveLength(4)
})

test('not while the window is hidden or without a connection', async () => {
  page.visibilityState = 'hidden'
  await rounds(3)
  Object.assign(page, { visibilityState: 'visible' })
  window.status = 'lost'
  await rounds(3)
  expect(window.asked).toEqual([])
})

test('not again before the answers came, and again after a failure', async () => {
  let fail: (error: Error) => void = () => undefined
  window.answer = () => new Promise((_, reject) => (fail = reject))
  await rounds(3)
  expect(window.asked).toEqual(BOTH)
  fail(new Error('the disk is slow'))
  window.answer = () => Promise.resolve(null)
  await rounds(1)
  expect(window.asked).toEqual([...BOTH, ...BOTH])
})
