/** What procedures do over every transport: answers, reports, failures, cancellation, back-pressure. */
import { ChunkCorruptError, DisconnectedError, UsageError, ValueError } from '@shared/errors'
import type { Block } from '@shared/model/block'
import { connect } from '@shared/rpc/client'
import type { Handlers } from '@shared/rpc/handlers'
import type { Port } from '@shared/rpc/port'
import { serve } from '@shared/rpc/server'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'

export interface PortPair {
  engine: Port
  window: Port
  /** Stops what the transport started. */
  stop: () => Promise<void>
}

const unused = new Proxy({} as Handlers, {
  get: (_target, method) => () => Promise.reject(new UsageError(`${String(method)} is not under test`)),
})
const handlers = (some: Partial<Handlers>): Handlers => Object.assign(Object.create(unused) as Handlers, some)
const node = { store: 's', path: 'a' }
const block = (data: Uint8Array): Block => ({
  shape: [data.length],
  dtype: { kind: 'bool' } as never,
  data,
  parts: [],
})
const deferred = (): { promise: Promise<unknown>; resolve: (value: unknown) => void } => {
  let resolve: (value: unknown) => void = () => undefined
  const promise = new Promise((done) => (resolve = done))
  return { promise, resolve }
}
const closing = (port: Port): Promise<void> => new Promise((resolve) => port.onClose(resolve))

/** `open` makes a fresh pair of connected ports for every test. */
export function describeProcedures(open: () => Promise<PortPair>): void {
  describe('procedures over it', () => {
    let pair: PortPair
    beforeEach(async () => {
      pair = await open()
    })
    afterEach(() => pair.stop())

    describe('calls', () => {
      test('answer with typed arrays', async () => {
        serve(pair.engine, handlers({ 'array.read': () => block(new Uint8Array([7, 8])) }))
        const answer = await connect(pair.window).call('array.read', { ...node, dims: [] })
        expect(answer).toEqual(block(new Uint8Array([7, 8])))
      })

      test('report progress before they answer', async () => {
        const batch = (name: string): { batch: never[]; name: string } => ({ batch: [], name })
        serve(
          pair.engine,
          handlers({
            'node.walk': (_input, { progress }) => {
              progress(batch('first'))
              progress(batch('second'))
              return { nodes: 2 }
            },
          }),
        )
        const seen: unknown[] = []
        const done = connect(pair.window).call('node.walk', node, { onProgress: (p) => seen.push(p) })
        seen.push(await done)
        expect(seen).toEqual([batch('first'), batch('second'), { nodes: 2 }])
      })

      test('fail with the class that was thrown, and its fields', async () => {
        serve(
          pair.engine,
          handlers({ 'node.get': () => Promise.reject(new ChunkCorruptError('a/0.0', 'it is cut short')) }),
        )
        const error: unknown = await connect(pair.window)
          .call('node.get', node)
          .catch((e: unknown) => e)
        expect(error).toBeInstanceOf(ChunkCorruptError)
        expect(error).toMatchObject({
          key: 'a/0.0',
          message: 'The chunk a/0.0 cannot be decoded: it is cut short.',
        })
      })

      test('fail with INTERNAL where something else was thrown, also at once', async () => {
        const broken = (): never => {
          throw new TypeError('x is undefined')
        }
        serve(pair.engine, handlers({ 'node.get': broken }))
        await expect(connect(pair.window).call('node.get', node)).rejects.toMatchObject({ code: 'INTERNAL' })
      })

      test('fail, and leave the port open, when the answer cannot be sent', async () => {
        const unsendable = { nodes: () => 1 } as never
        serve(pair.engine, handlers({ 'node.walk': () => unsendable, 'node.children': () => [] }))
        const client = connect(pair.window)
        await expect(client.call('node.walk', node)).rejects.toThrow()
        await expect(client.call('node.children', node)).resolves.toEqual([])
      })

      test.each([
        ['a path with ..', 'node.get', { store: 's', path: 'a/../../b' }],
        ['a path with a backslash', 'node.get', { store: 's', path: 'a\\b' }],
        ['an absolute path', 'node.get', { store: 's', path: '/etc' }],
        ['a negative index', 'array.chunk', { ...node, coords: [-1] }],
        ['an index beyond 2^53', 'array.chunk', { ...node, coords: [2 ** 53] }],
        ['a missing field', 'array.chunk', node],
        ['an http address', 'host.openExternal', { url: 'http://example.org' }],
        ['a procedure that does not exist', 'node.destroy', node],
        ['a procedure named like a property of objects', 'constructor', node],
      ])('refuse %s on the engine side', async (_what, method, input) => {
        const handler = vi.fn()
        serve(
          pair.engine,
          handlers({ 'node.get': handler, 'array.chunk': handler, 'host.openExternal': handler }),
        )
        await expect(connect(pair.window).call(method as 'node.get', input as never)).rejects.toBeInstanceOf(
          UsageError,
        )
        expect(handler).not.toHaveBeenCalled()
      })

      test('cancel: the caller gets AbortedError at once, the handler its signal, a late answer nobody', async () => {
        const heard = deferred()
        serve(
          pair.engine,
          handlers({
            'node.storage': async (_input, { signal, progress }) => {
              progress({ done: false } as never)
              await new Promise((resolve) => signal.addEventListener('abort', resolve))
              progress({ done: true } as never)
              heard.resolve(undefined)
              return { done: true } as never
            },
            'node.children': () => [],
          }),
        )
        const client = connect(pair.window)
        const cancel = new AbortController()
        const onProgress = vi.fn(() => cancel.abort())
        const call = client.call('node.storage', node, { signal: cancel.signal, onProgress })
        await expect(call).rejects.toMatchObject({ code: 'ABORTED' })
        await heard.promise
        expect(await client.call('node.children', node)).toEqual([])
        expect(onProgress).toHaveBeenCalledTimes(1)
        await expect(client.call('node.get', node, { signal: cancel.signal })).rejects.toMatchObject({
          code: 'ABORTED',
        })
      })

      test('a lost connection rejects what waits and what comes, and aborts what runs', async () => {
        const aborted = deferred()
        serve(
          pair.engine,
          handlers({
            'node.children': (_input, { signal }) =>
              new Promise(() => {
                signal.addEventListener('abort', () => aborted.resolve(signal.reason))
                pair.engine.close()
              }),
          }),
        )
        const client = connect(pair.window)
        const lost = vi.fn()
        client.onClose(lost)
        await expect(client.call('node.children', node)).rejects.toBeInstanceOf(DisconnectedError)
        expect(await aborted.promise).toMatchObject({ code: 'ABORTED' })
        await expect(client.call('node.children', node)).rejects.toBeInstanceOf(DisconnectedError)
        expect(lost).toHaveBeenCalledTimes(1)
      })

      test('many calls at a time each get their own answer', async () => {
        const echo: Handlers['array.chunk'] = async ({ coords }) => {
          if (coords[0] === 13) throw new ValueError('unlucky')
          return { coords } as never
        }
        serve(pair.engine, handlers({ 'array.chunk': echo }))
        const client = connect(pair.window)
        const answers = await Promise.allSettled(
          Array.from({ length: 100 }, (_, i) => client.call('array.chunk', { ...node, coords: [i] })),
        )
        const got = answers.map((a) => (a.status === 'fulfilled' ? a.value.coords[0] : 'failed'))
        expect(got).toEqual(Array.from({ length: 100 }, (_, i) => (i === 13 ? 'failed' : i)))
      })
    })

    describe('a client that breaks the rules', () => {
      test.each([
        ['text', 'hello'],
        ['nothing', null],
        ['an unknown kind', { t: 'exec', id: 1 }],
        ['an id that is no count', { t: 'call', id: -1, m: 'host.info', a: {} }],
        ['a long name', { t: 'call', id: 1, m: 'x'.repeat(10_000), a: {} }],
      ])('loses its port by sending %s', async (_what, message) => {
        serve(pair.engine, handlers({}))
        pair.window.send(message)
        await Promise.all([closing(pair.engine), closing(pair.window)])
      })

      test('loses its port by using the id of a running call again', async () => {
        serve(pair.engine, handlers({ 'host.info': () => new Promise(() => undefined) }))
        const call = { t: 'call', id: 5, m: 'host.info', a: {} }
        pair.window.send(call)
        pair.window.send(call)
        await closing(pair.window)
      })

      test('may cancel and acknowledge what never was', async () => {
        serve(pair.engine, handlers({ 'node.children': () => [] }))
        pair.window.send({ t: 'cancel', id: 77 })
        pair.window.send({ t: 'ack', n: 77 })
        expect(await connect(pair.window).call('node.children', node)).toEqual([])
      })
    })

    test('at most the allowed bytes are under way to a client that does not acknowledge', async () => {
      const MiB = 2 ** 20
      const large = handlers({ 'array.read': () => block(new Uint8Array(MiB)), 'node.children': () => [] })
      serve(pair.engine, large, { outstandingBytes: 3.5 * MiB })
      const got: { id: number; n?: number }[] = []
      let heard = (): void => undefined
      pair.window.onMessage((m) => {
        got.push(m as (typeof got)[number])
        heard()
      })
      const answered = (id: number): Promise<void> =>
        new Promise((resolve) => {
          heard = () => got.some((m) => m.id === id) && resolve()
          heard()
        })
      for (let id = 0; id < 6; id++)
        pair.window.send({ t: 'call', id, m: 'array.read', a: { ...node, dims: [] } })
      // A small answer overtakes: once it is here, the large ones that are not did not fit.
      pair.window.send({ t: 'call', id: 10, m: 'node.children', a: node })
      await answered(10)
      expect(got.map((m) => m.id)).toEqual([0, 1, 2, 10])
      pair.window.send({ t: 'cancel', id: 4 })
      pair.window.send({ t: 'ack', n: got[0]?.n })
      pair.window.send({ t: 'ack', n: got[0]?.n })
      pair.window.send({ t: 'call', id: 11, m: 'node.children', a: node })
      await answered(11)
      expect(got.map((m) => m.id)).toEqual([0, 1, 2, 10, 3, 11])
      pair.window.send({ t: 'ack', n: got[1]?.n })
      await answered(5)
    })

    test('a slow client gets the newest snapshot and every part', async () => {
      const counts = (done: number): never => ({ done, data: new Uint8Array(2 ** 17) }) as never
      const report: Handlers['node.storage'] & Handlers['node.walk'] = (_input, { progress }) => {
        for (const i of [1, 2, 3, 4]) progress(counts(i))
        return counts(5)
      }
      const both = handlers({ 'node.storage': report, 'node.walk': report })
      for (const [method, expected] of [
        ['node.storage', [1, 4, 5]],
        ['node.walk', [1, 2, 3, 4, 5]],
      ] as const) {
        const other = await open()
        serve(other.engine, both, { outstandingBytes: 1000 })
        const seen: unknown[] = []
        const answer = await connect(other.window).call(method, node, { onProgress: (p) => seen.push(p) })
        expect([...seen, answer].map((p) => (p as { done: number }).done)).toEqual(expected)
        await other.stop()
      }
    })
  })
}
