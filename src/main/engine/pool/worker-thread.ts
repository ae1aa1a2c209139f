import type { MessagePort } from 'node:worker_threads'
import { toErrorBody } from '@shared/errors'
import { JobControl, WorkerSignals } from './job-control'
import type { JobMessage, JobPart, JobReply } from './messages'
import { ReceivedPipelines } from './sent-pipelines'
import { ShardIndexes } from './shard-indexes'
import type { BoundJob, Operation, TaskContext, ThreadState } from './operation'
import { OPERATIONS, type Operations } from './thread-operations'

type AnyOperation = Operation<unknown, unknown>

/** Works on the jobs that arrive at a worker's port; everything happens synchronously inside a job. */
export function serveJobs(port: MessagePort, operations: Partial<Operations> = OPERATIONS): void {
  const thread: ThreadState = { indexes: new ShardIndexes() }
  const pipelines = new ReceivedPipelines()
  let signals = new WorkerSignals()
  port.on('message', (message: JobMessage) => {
    if (message.signals) signals = new WorkerSignals(message.signals)
    const emit = (part: unknown): void => port.postMessage({ id: message.id, part } satisfies JobPart)
    const operation = operations[message.operation] as AnyOperation
    const bind = (): BoundJob<unknown> => operation.bind(pipelines.completed(message), thread)
    const reply = workOn(message, bind, signals, emit)
    port.postMessage(reply, transferable(reply))
  })
}

function workOn(
  { id, worker, tasks, control: buffer }: JobMessage,
  bind: () => BoundJob<unknown>,
  signals: WorkerSignals,
  emit: TaskContext['emit'],
): JobReply {
  const control = new JobControl(buffer)
  const results: JobReply['results'] = []
  const context: TaskContext = {
    emit,
    get isStopped() {
      return control.stopped
    },
  }
  try {
    const bound = bind()
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
