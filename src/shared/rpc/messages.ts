/** What travels through a port: requests one way, replies the other. The contract says what their payloads are. */
import * as v from 'valibot'
import type { ErrorBody } from '../errors'

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

export const request = v.variant('t', [
  v.object({ t: v.literal('call'), id, m: v.pipe(v.string(), v.maxLength(64)), a: v.unknown() }),
  v.object({ t: v.literal('cancel'), id }),
  /** A reply that carried `n` has arrived: its bytes are no longer outstanding. */
  v.object({ t: v.literal('ack'), n: id }),
])

const errorBody = v.object({
  code: v.string(),
  message: v.string(),
  fields: v.record(v.string(), v.unknown()),
})
/** Large replies are numbered by `n` and must be acknowledged. */
const n = v.optional(id)

export const reply = v.variant('t', [
  v.object({ t: v.literal('ok'), id, r: v.optional(v.unknown()), n }),
  v.object({ t: v.literal('err'), id, e: errorBody }),
  v.object({ t: v.literal('prog'), id, p: v.optional(v.unknown()), n }),
])

export type Request = v.InferOutput<typeof request>
export type Reply =
  | { t: 'ok'; id: number; r: unknown; n?: number }
  | { t: 'err'; id: number; e: ErrorBody }
  | { t: 'prog'; id: number; p: unknown; n?: number }
