import type { MessagePort } from 'node:worker_threads'
import { toErrorBody } from '@shared/errors'
import { JobControl, WorkerSignals } from './job-control'
import type { JobMessage, JobPart, JobReply } from './messages'
import { revived } from './revive'
import { ShardIndexes } from './shard-indexes'
import type { Operation, TaskContext, ThreadState } from './operation'
import { OPERATIONS, type Operations } from './thread-operations'

type AnyOperation = Operation<unknown, unknown>

/** Works on the jobs that arrive at a worker's port; everything happens synchronously inside a job. */
export function serveJobs(port: MessagePort, operations: Partial<Operations> = OPERATIONS): void {
  const thread: ThreadState = { indexes: new ShardIndexes() }
  port.on('message', (message: JobMessage) => {
    const emit = (part: unknown): void => port.postMessage({ id: message.id, part } satisfies JobPart)
    const reply = workOn(message, operations[message.operation] as AnyOperation, thread, emit)
    port.postMessage(reply, transferable(reply))
  })
}

function workOn(
  message: JobMessage,
  operation: AnyOperation,
  thread: ThreadState,
  emit: TaskContext['emit'],
): JobReply {
  const { id, job, worker, tasks } = message
  const control = new JobControl(message.control)
  const signals = new WorkerSignals(message.signals)
  const results: JobReply['results'] = []
  const context: TaskContext = {
    emit,
    get isStopped() {
      return control.stopped
    },
  }
  try {
    const bound = operation.bind(revived(job), thread)
    try {
      while (!signals.mustYield) {
        const next = control.take(worker)
        if (next === undefined) break
        signals.beat()
        const task = tasks ? tasks[next]! : next
        results.push({ task, result: bound.run(task, context) })
        control.finish(next, worker)
      }
    } finally {
      bound.close?.()
    }
    return { id, results }
  } catch (thrown) {
    return { id, results, error: toErrorBody(thrown) }
  } finally {
    signals.beat()
  }
}

/** Memory of results that can move to the calling thread instead of being copied. */
function transferable(reply: JobReply): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>()
  const add = (value: unknown): void => {
    if (!ArrayBuffer.isView(value) || !(value.buffer instanceof ArrayBuffer)) return
    if (value.byteLength === value.buffer.byteLength) buffers.add(value.buffer)
  }
  for (const { result } of reply.results) {
    add(result)
    if (typeof result === 'object' && result !== null) Object.values(result).forEach(add)
  }
  return [...buffers]
}
