import { toErrorBody } from '../errors'
import type { Reply } from './messages'
import { payloadBytes } from './payload'
import type { Port } from './port'

/** Replies of at least this many bytes are numbered and acknowledged; smaller ones are not worth the traffic. */
const COUNTED_BYTES = 64 * 2 ** 10
/** What may be on its way to one client before it acknowledges. */
const OUTSTANDING_BYTES = 64 * 2 ** 20

interface Waiting {
  reply: Reply
  bytes: number
  /** A later snapshot of the same call takes this one's place. */
  snapshot: boolean
}

/**
 * Replies to one client with at most `limit` bytes unacknowledged (one larger reply may go alone). What does not fit
 * waits here; a waiting snapshot is replaced by the next one of its call. Small replies overtake what waits for other
 * calls; the replies of one call keep their order.
 */
export class Outbox {
  readonly #port: Port
  readonly #limit: number
  readonly #unacknowledged = new Map<number, number>()
  readonly #waiting: Waiting[] = []
  #outstanding = 0
  #next = 1

  constructor(port: Port, limit = OUTSTANDING_BYTES) {
    this.#port = port
    this.#limit = limit
  }

  /** A reply that no port can carry arrives as an error instead. */
  send(reply: Reply, snapshot = false): void {
    const bytes = payloadBytes(reply)
    const small = bytes < COUNTED_BYTES
    const ahead = this.#waiting.some((w) => !small || w.reply.id === reply.id)
    if (!ahead && this.#fits(bytes)) return this.#post(reply, bytes)
    const replaced = snapshot ? this.#waiting.findIndex((w) => w.snapshot && w.reply.id === reply.id) : -1
    if (replaced >= 0) this.#waiting[replaced] = { reply, bytes, snapshot }
    else this.#waiting.push({ reply, bytes, snapshot })
  }

  acknowledge(n: number): void {
    this.#outstanding -= this.#unacknowledged.get(n) ?? 0
    this.#unacknowledged.delete(n)
    this.#flush()
  }

  /** Forgets what waits for a call that nobody listens to any more. */
  drop(id: number): void {
    for (let i = this.#waiting.length - 1; i >= 0; i--)
      if (this.#waiting[i]?.reply.id === id) this.#waiting.splice(i, 1)
    this.#flush()
  }

  #flush(): void {
    for (let first = this.#waiting[0]; first && this.#fits(first.bytes); first = this.#waiting[0]) {
      this.#waiting.shift()
      this.#post(first.reply, first.bytes)
    }
  }

  #fits(bytes: number): boolean {
    return bytes < COUNTED_BYTES || this.#outstanding === 0 || this.#outstanding + bytes <= this.#limit
  }

  #post(reply: Reply, bytes: number): void {
    const n = this.#next++
    const counted = bytes >= COUNTED_BYTES && reply.t !== 'err'
    try {
      this.#port.send(counted ? { ...reply, n } : reply)
    } catch (error) {
      return this.#port.send({ t: 'err', id: reply.id, e: toErrorBody(error) } satisfies Reply)
    }
    if (!counted) return
    this.#unacknowledged.set(n, bytes)
    this.#outstanding += bytes
  }
}
