import type { JobInfo } from '@shared/model/jobs'

/** What runs hear and tell. */
export interface JobControl {
  readonly signal: AbortSignal
  /** Waits while the job is paused; rejects with AbortedError when it is cancelled. */
  readonly gate: () => Promise<void>
  /** `total` 0: not known yet. */
  readonly report: (progress: { phase: string; done: number; total: number }) => void
}

/** What can be opened when a job is over: a node of a store by its path on disk, by a ticket of the host, or both. */
export interface Place {
  storePath?: string | undefined
  ticket?: string | undefined
  path: string
}

export interface Outcome {
  /** One sentence: what came out. */
  message: string
  place?: Place | undefined
  arrays?: JobInfo['arrays']
  problems?: JobInfo['problems']
}

/** A job that was checked and can begin. */
export interface PreparedJob {
  /** One line, such as "Copy /obs/t to /obs/t2". */
  readonly label: string
  readonly unit: JobInfo['unit']
  /** Throws what went wrong. */
  run(control: JobControl): Promise<Outcome>
  /** After a failure or a cancellation: what was left behind, in a sentence. */
  left(): string
  /** Lets go of what it holds open; called once, whether it ran or not. */
  close(): Promise<void>
}

/** Where everything is as before. */
export const NOTHING_CHANGED = 'Nothing was changed.'
export const NOTHING_LEFT = 'Nothing was left behind.'
