import type { PipelineSpec } from '../codecs/pipeline-spec'
import type { JobMessage } from './messages'
import { revivedPipeline } from './revive'

/** Pipelines that a thread remembers; both sides forget all of them at this number. */
const CAPACITY = 256

const numbers = new WeakMap<PipelineSpec, number>()
let lastNumber = 0

interface WithPipeline {
  pipeline?: PipelineSpec
}

/**
 * The calling side's list of what a thread has been told: a pipeline crosses once and is named by its number from then
 * on, for copying the codecs' configurations costs more than a small read.
 */
export class SentPipelines {
  private readonly known = new Set<number>()

  /** The message as it is sent to this thread. */
  shortened(message: JobMessage): JobMessage {
    const { pipeline, ...rest } = message.job as WithPipeline
    if (!pipeline) return message
    const number = numberOf(pipeline)
    if (this.known.has(number)) return { ...message, job: rest, pipeline: number }
    const forget = this.known.size >= CAPACITY
    if (forget) this.known.clear()
    this.known.add(number)
    return { ...message, pipeline: number, ...(forget && { forget }) }
  }
}

/** The thread's side: the pipelines that came, each revived once and the same object from then on. */
export class ReceivedPipelines {
  private readonly known = new Map<number, PipelineSpec>()

  /** The job with its pipeline. */
  completed({ job, pipeline: number, forget }: JobMessage): unknown {
    if (number === undefined) return job
    if (forget) this.known.clear()
    const sent = (job as WithPipeline).pipeline
    const pipeline = sent ? revivedPipeline(sent) : this.known.get(number)
    if (!pipeline) throw new TypeError(`pipeline ${number} is not known to this thread`)
    this.known.set(number, pipeline)
    return { ...(job as object), pipeline }
  }
}

function numberOf(pipeline: PipelineSpec): number {
  let number = numbers.get(pipeline)
  if (number === undefined) numbers.set(pipeline, (number = ++lastNumber))
  return number
}
