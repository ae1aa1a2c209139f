import type { Worker } from 'node:worker_threads'
import { InternalError } from '@shared/errors'
import { WorkerSignals } from './job-control'
import type { JobPart, JobReply } from './messages'
import type { PoolJob } from './pool-job'
import { SentPipelines } from './sent-pipelines'

/** Any job, for those who only move it about. */
export type AnyJob = PoolJob<unknown, unknown>

/** What becomes of a slot, told to the pool. */
export interface SlotEvents {
  /** It has put this job back and takes another. */
  idle(job: AnyJob): void
  /** Its thread is gone. */
  gone(): void
}

/** How long a terminated thread may take to end before it is given up: one in a system call cannot be ended. */
const LAST_GRACE_MS = 2000

let lastNumber = 0

/** One worker thread as the pool sees it: idle, or with one job. */
export class WorkerSlot {
  readonly number = ++lastNumber
  job: AnyJob | undefined
  /** It takes no further job. */
  isLeaving = false
  private readonly worker: Worker
  private readonly events: SlotEvents
  private readonly signals = new WorkerSignals()
  private pipelines = new SentPipelines()
  private hasStarted = false
  private readonly gone: Promise<void>
  private isGone!: () => void
  private why: string | undefined
  private beats = 0
  private silence = 0

  constructor(worker: Worker, events: SlotEvents) {
    this.worker = worker
    this.events = events
    this.gone = new Promise((resolve) => {
      this.isGone = resolve
    })
    worker.unref()
    worker.on('message', (message: JobReply | JobPart) => this.take(message))
    worker.on('error', (error: Error) => this.end(`its thread failed (${error.message})`))
    worker.on('exit', (code) => this.end(`its thread ended with code ${code}`))
  }

  start(job: AnyJob): void {
    this.job = job
    this.silence = 0
    this.signals.askToYield(false)
    job.workers.add(this.number)
    // A process must not end while it waits for a result; idle threads do not hold it.
    this.worker.ref()
    try {
      const message = this.pipelines.shortened(job.message(this.number))
      if (!this.hasStarted) message.signals = this.signals.buffer
      this.worker.postMessage(message)
      this.hasStarted = true
    } catch (thrown) {
      this.job = undefined
      // What the thread has been told is uncertain now, so it is told again.
      this.pipelines = new SentPipelines()
      this.worker.unref()
      job.workers.delete(this.number)
      job.fail(
        new InternalError(`A job cannot be sent to a codec thread: ${String(thrown)}`, { cause: thrown }),
      )
    }
  }

  /** The job is put back after the current task. */
  askToYield(): void {
    this.signals.askToYield(true)
  }

  /**
   * How many calls in a row have found the job where it was. Calls are counted, not time, so that a calling thread
   * that was itself held up does not take its workers for dead; a thread that still starts is left in peace.
   */
  standstill(): number {
    const beats = this.signals.beats
    this.silence = beats > 0 && beats === this.beats ? this.silence + 1 : 0
    this.beats = beats
    return this.silence
  }

  /** Ends the thread after its current task. */
  retire(): Promise<void> {
    this.isLeaving = true
    if (!this.job) return this.terminate('its thread was no longer needed')
    this.askToYield()
    return this.gone
  }

  /** Ends the thread now; the task it is at is lost. `why` is a clause for that task's error. */
  terminate(why: string): Promise<void> {
    this.isLeaving = true
    this.why ??= why
    void this.worker.terminate()
    const grace = setTimeout(() => this.end(why), LAST_GRACE_MS)
    void this.gone.then(() => clearTimeout(grace))
    return this.gone
  }

  private take(message: JobReply | JobPart): void {
    const job = this.job
    if (job?.id !== message.id) return
    if ('part' in message) return job.takePart(message.part)
    this.job = undefined
    this.worker.unref()
    job.take(this.number, message)
    if (this.isLeaving) void this.terminate('its thread was no longer needed')
    this.events.idle(job)
  }

  private end(why: string): void {
    const job = this.job
    this.job = undefined
    this.isLeaving = true
    this.isGone()
    job?.lose(this.number, this.why ?? why)
    this.events.gone()
  }
}
