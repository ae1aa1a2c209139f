/** Numbers of the shared block, before one number per task. */
const NEXT = 0
const STOP = 1
const STATES = 2

/** How far a worker came with a task, beside the worker's number. */
const BEGUN = 1
const DONE = 2

/** What all threads that share a job's tasks see of it: the next task, whether to stop, and who has which task. */
export class JobControl {
  readonly buffer: SharedArrayBuffer
  private readonly block: Int32Array

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer
    this.block = new Int32Array(buffer)
  }

  static forTasks(count: number): JobControl {
    return new JobControl(new SharedArrayBuffer((STATES + count) * Int32Array.BYTES_PER_ELEMENT))
  }

  get tasks(): number {
    return this.block.length - STATES
  }

  /** Tasks that no thread has taken yet. */
  get untaken(): number {
    return Math.max(0, this.tasks - Atomics.load(this.block, NEXT))
  }

  get stopped(): boolean {
    return Atomics.load(this.block, STOP) === 1
  }

  /** Tasks that have not begun stay undone. */
  stop(): void {
    Atomics.store(this.block, STOP, 1)
  }

  /** The next task for this worker; undefined where none is left or the job was stopped. */
  take(worker: number): number | undefined {
    if (this.stopped) return undefined
    const task = Atomics.add(this.block, NEXT, 1)
    if (task >= this.tasks) return undefined
    Atomics.store(this.block, STATES + task, worker * 4 + BEGUN)
    return task
  }

  finish(task: number, worker: number): void {
    Atomics.store(this.block, STATES + task, worker * 4 + DONE)
  }

  /** The task that a worker, now lost, had begun and not finished. */
  begunBy(worker: number): number | undefined {
    const at = this.block.indexOf(worker * 4 + BEGUN, STATES)
    return at < 0 ? undefined : at - STATES
  }
}

/** What one worker and the pool tell each other while a job runs. */
export class WorkerSignals {
  readonly buffer: SharedArrayBuffer
  private readonly block: Int32Array

  constructor(buffer = new SharedArrayBuffer(8)) {
    this.buffer = buffer
    this.block = new Int32Array(buffer)
  }

  /** Asks the worker to put its job back after the task it is at. */
  askToYield(yes: boolean): void {
    Atomics.store(this.block, 0, yes ? 1 : 0)
  }

  get mustYield(): boolean {
    return Atomics.load(this.block, 0) === 1
  }

  /** Counts on with every task begun or finished, so that the pool sees that the worker lives. */
  beat(): void {
    Atomics.add(this.block, 1, 1)
  }

  get beats(): number {
    return Atomics.load(this.block, 1)
  }
}
