import type { ErrorBody } from '@shared/errors'
import type { OperationName } from './thread-operations'

/** Pool to worker: take tasks of this job until none is left, or the job is stopped, or the signals ask to yield. */
export interface JobMessage {
  id: number
  operation: OperationName
  job: unknown
  control: SharedArrayBuffer
  /** The tasks that the control counts, where they are not all of the job's. */
  tasks?: Uint32Array
  worker: number
  /** With the first job of a thread only; it keeps them. */
  signals?: SharedArrayBuffer
  /** Number of the job's pipeline, which the job itself carries only when the thread does not know it yet. */
  pipeline?: number
  /** Earlier pipelines are forgotten. */
  forget?: boolean
}

/** Worker to pool, after its last task of the job. */
export interface JobReply {
  id: number
  results: { task: number; result: unknown }[]
  /** The job cannot be done at all, or a task of an operation without results for failures failed. */
  error?: ErrorBody
}

/** Worker to pool, while a task runs. */
export interface JobPart {
  id: number
  part: unknown
}
