import type { ShardIndexes } from './shard-indexes'

/** What a thread keeps between jobs. */
export interface ThreadState {
  indexes: ShardIndexes
}

/** What a task may use while it runs. */
export interface TaskContext {
  /** Hands a part of the result to the caller at once. */
  emit(part: unknown): void
  /** Long tasks ask now and then, and give up when the job was stopped. */
  readonly isStopped: boolean
}

/** One job bound on a thread: its tasks run one at a time, in any order, on any number of threads. */
export interface BoundJob<Result> {
  run(task: number, context: TaskContext): Result
  /** After the last task on this thread. */
  close?(): void
}

/** An operation as both sides see it. */
export interface Operation<Job, Result> {
  tasks(job: Job): number
  /** On the thread that works. Throws what makes the whole job impossible. */
  bind(job: Job, thread: ThreadState): BoundJob<Result>
  /**
   * On the calling side: what a task gives whose thread was lost; `why` is a clause such as "it took longer than 10 s".
   * Absent where the whole job fails then.
   */
  lost?(job: Job, task: number, why: string): Result
  /**
   * `chunk`: a task that takes long is taken for a hang, because it decodes bytes that a stranger may have written.
   * `any`: it may take its time. `long`: it will, and one thread is always left to others.
   */
  duration: 'chunk' | 'any' | 'long'
}
