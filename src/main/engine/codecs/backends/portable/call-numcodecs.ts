import { MessageChannel, receiveMessageOnPort, type MessagePort, type Worker } from 'node:worker_threads'
import { CodecFailure } from '../../wasm/codec-failure'
import startThread from './numcodecs-thread?nodeWorker'
import type { NumcodecsAnswer, NumcodecsRequest, NumcodecsThreadData } from './requests'

/** The longest that one chunk may take. */
const TIMEOUT_MS = 30_000

interface Thread {
  readonly worker: Worker
  readonly port: MessagePort
  readonly answers: Int32Array
}

let thread: Thread | undefined

/**
 * Has npm numcodecs decode or encode one buffer, in a thread of its own while this one waits. The thread is replaced
 * after every failure, as some of its codecs stay broken after bad input. Throws CodecFailure.
 */
export function callNumcodecs(request: NumcodecsRequest): Uint8Array {
  const { port, answers } = (thread ??= start())
  const before = Atomics.load(answers, 0)
  // Copied, as a Buffer would take its whole pool along.
  port.postMessage({ ...request, input: new Uint8Array(request.input) })
  const waited = Atomics.wait(answers, 0, before, TIMEOUT_MS)
  const answer =
    waited === 'timed-out' ? undefined : (receiveMessageOnPort(port)?.message as NumcodecsAnswer | undefined)
  if (answer && 'output' in answer) return answer.output
  stop()
  const why = answer ? `is not valid: ${answer.error}` : 'kept its decoder busy for too long'
  throw new CodecFailure('corrupt', `the ${request.codec} data ${why}`)
}

function start(): Thread {
  const { port1, port2 } = new MessageChannel()
  const signal = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)
  const workerData: NumcodecsThreadData = { port: port2, signal }
  const worker = startThread({ workerData, transferList: [port2] })
  worker.unref()
  port1.unref()
  return { worker, port: port1, answers: new Int32Array(signal) }
}

function stop(): void {
  void thread?.worker.terminate()
  thread?.port.close()
  thread = undefined
}
