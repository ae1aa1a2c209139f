/** What every transport must do with messages; `describePort` runs this and the suite of the procedures. */
import type { Port } from '@shared/rpc/port'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { describeProcedures, type PortPair } from './procedures.contract'

const next = (port: Port): Promise<unknown> => new Promise((resolve) => port.onMessage(resolve))
const closing = (port: Port): Promise<void> => new Promise((resolve) => port.onClose(resolve))

/** Runs both suites; `open` makes a fresh pair of connected ports for every test. */
export function describePort(name: string, open: () => Promise<PortPair>): void {
  describe(name, () => {
    let pair: PortPair
    beforeEach(async () => {
      pair = await open()
    })
    afterEach(() => pair.stop())

    describe('messages', () => {
      test.each([
        ['numbers that JSON lacks', { list: [NaN, -Infinity, Infinity, -0, 1e300] }],
        ['bigint', { a: 2n ** 64n, b: -1n }],
        [
          'every kind of typed array',
          [new Int8Array([-1]), new Uint16Array([1, 65535]), new Float32Array([0.5, NaN])],
        ],
        [
          '64-bit arrays behind odd lengths',
          [new Uint8Array(3), new BigInt64Array([-5n]), new Float64Array([Math.PI])],
        ],
        ['an ArrayBuffer and empty arrays', [new Uint8Array([1, 2, 3]).buffer, new Float64Array(0), [], {}]],
        ['text beyond ASCII', { 'schlüssel\u0000': '🧊\u2028"\\' }],
        ['keys that look like marks', { $: ['bigint', '1'], nested: { $: null, other: 1 } }],
      ])('%s arrive as they were sent', async (_what, message) => {
        pair.engine.send(message)
        expect(await next(pair.window)).toStrictEqual(message)
      })

      test('a view arrives without the rest of its buffer', async () => {
        const big = new Float64Array(100_000)
        big.set([1, 2], 10)
        pair.engine.send({ row: big.subarray(10, 12) })
        const { row } = (await next(pair.window)) as { row: Float64Array }
        expect(row).toStrictEqual(new Float64Array([1, 2]))
        expect(row.buffer.byteLength).toBeLessThan(1000)
      })

      test('what is sent is a copy', async () => {
        const data = new Uint8Array([1, 2, 3])
        pair.engine.send(data)
        data.fill(9)
        expect(await next(pair.window)).toStrictEqual(new Uint8Array([1, 2, 3]))
        expect(data).toHaveLength(3)
      })

      test('messages keep their order and wait for the first listener', async () => {
        for (let i = 0; i < 50; i++) pair.engine.send(i)
        const probe = pair.window
        const got: unknown[] = []
        await new Promise<void>((resolve) =>
          probe.onMessage((m) => {
            if (got.push(m) === 50) resolve()
          }),
        )
        expect(got).toEqual([...Array(50).keys()])
      })

      test('closing one end closes the other, once, and later sends do nothing', async () => {
        const heard = vi.fn()
        pair.engine.onClose(heard)
        pair.window.close()
        await Promise.all([closing(pair.engine), closing(pair.window)])
        pair.engine.send('into the void')
        pair.engine.close()
        expect(heard).toHaveBeenCalledTimes(1)
      })
    })

    describeProcedures(open)
  })
}
