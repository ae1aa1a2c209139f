import { AbortedError, fromErrorBody, InternalError, type ZarrscopeError } from '@shared/errors'
import type { Lane } from './executor'
import { JobControl } from './job-control'
import type { JobMessage, JobReply } from './messages'
import type { Operation } from './operation'
import type { OperationName } from './thread-operations'

export interface PoolJobOptions {
  lane: Lane
  /** Bytes that one worker decodes at a time for it. */
  weight: number
  takePart?: ((part: unknown) => void) | undefined
  /** Workers that it may have at the same time; any number when absent. */
  maxWorkers?: number | undefined
}

/** The calling thread among the workers, which count from 1. */
const HERE = 0

let lastId = 0

/**
 * One call of the executor while it waits and runs. Workers take its tasks from a shared count; when a worker is lost,
 * the task it was at gets an error, and what it had finished without reporting is done again in another round.
 */
export class PoolJob<Job, Result> {
  readonly id = ++lastId
  readonly lane: Lane
  readonly operation: Pick<Operation<Job, Result>, 'duration' | 'lost'>
  /** Bytes that one worker decodes at a time for it. */
  readonly weight: number
  readonly finished: Promise<Result[]>
  /** Workers that it may have at the same time. */
  maxWorkers: number
  /** Takes the parts of the result that tasks emit. */
  readonly takePart: (part: unknown) => void
  /** Workers that have it now. */
  readonly workers = new Set<number>()
  private readonly name: OperationName
  private readonly job: Job
  private readonly results: Result[]
  private readonly done: Uint8Array
  private undone: number
  private control: JobControl
  /** The tasks of this round; all of the job's in the first. */
  private round: Uint32Array | undefined
  private failure: ZarrscopeError | undefined
  private settle!: { resolve(results: Result[]): void; reject(error: ZarrscopeError): void }

  constructor(name: OperationName, operation: Operation<Job, Result>, job: Job, options: PoolJobOptions) {
    const tasks = operation.tasks(job)
    this.name = name
    this.operation = operation
    this.job = job
    this.lane = options.lane
    this.weight = options.weight
    this.maxWorkers = options.maxWorkers ?? Infinity
    this.takePart = options.takePart ?? (() => undefined)
    this.results = new Array<Result>(tasks)
    this.done = new Uint8Array(tasks)
    this.undone = tasks
    this.control = JobControl.forTasks(tasks)
    this.finished = new Promise((resolve, reject) => {
      this.settle = { resolve, reject }
    })
  }

  /** Tasks that another worker could take. */
  get untaken(): number {
    return this.control.stopped ? 0 : this.control.untaken
  }

  /** Whether another worker would find a task. */
  get wantsWorker(): boolean {
    return this.untaken > 0 && this.workers.size < Math.min(this.control.tasks, this.maxWorkers)
  }

  /** Whether nothing is left to do or wait for. */
  get isOver(): boolean {
    return this.workers.size === 0 && (this.undone === 0 || this.failure !== undefined)
  }

  message(worker: number): JobMessage {
    const { id, job, control, round } = this
    const message = { id, operation: this.name, job, control: control.buffer, worker }
    return round ? { ...message, tasks: round } : message
  }

  /**
   * The calling thread takes tasks too, until none is left or `run` gives up one; that one is done again by a worker.
   */
  workHere(run: (task: number) => Result | undefined): void {
    this.workers.add(HERE)
    const results: JobReply['results'] = []
    for (let next = this.control.take(HERE); next !== undefined; next = this.control.take(HERE)) {
      const task = this.round?.[next] ?? next
      const result = run(task)
      this.control.finish(next, HERE)
      if (result === undefined) break
      results.push({ task, result })
    }
    this.take(HERE, { id: this.id, results })
  }

  /** Stops the tasks that have not begun; `finished` rejects when the others are over, so that no buffer is in use then. */
  abort(): void {
    this.fail(new AbortedError())
  }

  fail(error: ZarrscopeError): void {
    this.failure ??= error
    this.control.stop()
    this.settleWhenOver()
  }

  /** A worker reports; it has put the job back. */
  take(worker: number, reply: JobReply): void {
    this.workers.delete(worker)
    for (const { task, result } of reply.results) this.put(task, result as Result)
    if (reply.error) this.fail(fromErrorBody(reply.error))
    this.settleWhenOver()
  }

  /** A worker was lost with this job; `why` is a clause, such as "it took longer than 10 s". */
  lose(worker: number, why: string): void {
    this.workers.delete(worker)
    const begun = this.control.begunBy(worker)
    const task = begun === undefined ? undefined : (this.round?.[begun] ?? begun)
    if (task !== undefined && this.operation.lost) this.put(task, this.operation.lost(this.job, task, why))
    else this.fail(new InternalError(`A codec thread could not do its work: ${why}.`))
    this.settleWhenOver()
  }

  private put(task: number, result: Result): void {
    if (this.done[task]) return
    this.done[task] = 1
    this.undone--
    this.results[task] = result
  }

  private settleWhenOver(): void {
    if (this.workers.size > 0) return
    if (this.failure) this.settle.reject(this.failure)
    else if (this.undone === 0) this.settle.resolve(this.results)
    else if (this.control.untaken === 0) this.startAgain()
  }

  /** Another round for the tasks whose results were lost with a worker. */
  private startAgain(): void {
    const again: number[] = []
    this.done.forEach((done, task) => {
      if (!done) again.push(task)
    })
    this.round = Uint32Array.from(again)
    this.control = JobControl.forTasks(again.length)
  }
}
