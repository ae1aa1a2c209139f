import * as v from 'valibot'
import { AbortedError, LimitError, toErrorBody, UsageError } from '../errors'
import { contract, type Method } from './contract'
import type { CallContext, Handlers } from './handlers'
import { request, type Request } from './messages'
import { Outbox } from './outbox'
import type { Port } from './port'

/** Calls of one client that may run at a time; a window needs some dozens. */
const MAX_RUNNING = 1024

interface Running {
  abort: AbortController
  /** Settled: later reports go nowhere. */
  done: boolean
}

export interface ServeOptions {
  /** Bytes that may be on their way to this client. */
  outstandingBytes?: number
}

/**
 * Answers the calls that come through a port until it closes. Inputs are validated here, whatever the transport.
 * A message that is no request, or reuses the id of a running call, closes the port: the other side is broken. When
 * the port closes, every running call is aborted.
 */
export function serve(port: Port, handlers: Handlers, { outstandingBytes }: ServeOptions = {}): void {
  const running = new Map<number, Running>()
  const outbox = new Outbox(port, outstandingBytes)

  const fail = (id: number, error: unknown): void => outbox.send({ t: 'err', id, e: toErrorBody(error) })

  const run = async ({ id, m, a }: Request & { t: 'call' }): Promise<void> => {
    if (running.size >= MAX_RUNNING)
      return fail(id, new LimitError('The number of running calls', running.size + 1, MAX_RUNNING))
    const call: Running = { abort: new AbortController(), done: false }
    running.set(id, call)
    try {
      const r = await invoke(handlers, m, a, call, (p, snapshot) =>
        outbox.send({ t: 'prog', id, p }, snapshot),
      )
      if (!call.abort.signal.aborted) outbox.send({ t: 'ok', id, r })
    } catch (error) {
      if (!call.abort.signal.aborted) fail(id, error)
    } finally {
      call.done = true
      running.delete(id)
    }
  }

  const cancel = (id: number): void => {
    // An answer may be complete and still wait for room.
    outbox.drop(id)
    const call = running.get(id)
    if (!call || call.abort.signal.aborted) return
    call.abort.abort(new AbortedError())
    fail(id, new AbortedError())
  }

  port.onMessage((message) => {
    const parsed = v.safeParse(request, message)
    if (!parsed.success) return port.close()
    const { output } = parsed
    if (output.t === 'ack') return outbox.acknowledge(output.n)
    if (output.t === 'cancel') return cancel(output.id)
    if (running.has(output.id)) return port.close()
    void run(output)
  })
  port.onClose(() => {
    for (const { abort } of running.values()) abort.abort(new AbortedError('The window that asked is gone.'))
  })
}

/** Validates and calls. `async`, so that a handler that throws at once rejects like every other. */
async function invoke(
  handlers: Handlers,
  name: string,
  rawInput: unknown,
  call: Running,
  report: (p: unknown, snapshot: boolean) => void,
): Promise<unknown> {
  if (!Object.hasOwn(contract, name)) throw new UsageError(`There is no procedure "${name}".`)
  const method = name as Method
  const { input, delivers } = contract[method]
  const parsed = v.safeParse(input, rawInput)
  if (!parsed.success) throw new UsageError(describe(method, parsed.issues))
  const context: CallContext = {
    signal: call.abort.signal,
    progress: (p) => {
      if (!call.done && !call.abort.signal.aborted) report(p, delivers === 'snapshots')
    },
  }
  const handler = handlers[method] as (input: unknown, context: CallContext) => unknown
  return handler(parsed.output, context)
}

function describe(method: Method, issues: [v.BaseIssue<unknown>, ...v.BaseIssue<unknown>[]]): string {
  const [issue] = issues
  const where = v.getDotPath(issue)
  return `${method}: the input${where ? ` "${where}"` : ''} is not valid: ${issue.message.slice(0, 300)}`
}
