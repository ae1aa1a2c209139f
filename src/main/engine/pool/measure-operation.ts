import { itemSize } from '@shared/dtype/itemsize'
import { gatherVariable, type VariableItems } from '../chunks/gather-variable'
import { scatter } from '../chunks/scatter'
import { cOrderStrides, wholeProjection } from '../chunks/whole-projection'
import { bindPipeline } from '../codecs/pipeline'
import type { CodecPipeline } from '../codecs/codec-pipeline'
import { corrupt } from '../codecs/corrupt'
import { largestDifference } from './largest-difference'
import type { Operation, TaskContext } from './operation'
import type { Measured, MeasureJob } from './operations'

/** Repetitions after which one more says nothing new. */
const MOST_REPETITIONS = 100

/**
 * Encodes and decodes one chunk on the thread that runs it, compares what comes back, and takes the time of both.
 * Decoding includes the copy to C order, as reading does. The first run of each is for warming up and counts only where
 * it has used up the time by itself.
 */
export const measure: Operation<MeasureJob, Measured> = {
  duration: 'any',
  tasks: () => 1,
  bind(job) {
    const pipeline = bindPipeline(job.pipeline)
    return { run: (_task, context) => measured(job, pipeline, context) }
  },
}

function measured(job: MeasureJob, pipeline: CodecPipeline, context: TaskContext): Measured {
  const { data, offsets } = job
  let stored: Uint8Array = new Uint8Array()
  const encodeMs = fastest(job.budgetMs / 2, context, () => {
    stored = pipeline.encode(data, offsets)
  })
  const back = reader(pipeline)
  let decoded: Decoded = back(stored)
  const decodeMs = fastest(job.budgetMs / 2, context, () => {
    decoded = back(stored)
  })
  const lossless = equal(decoded.data, data) && (!offsets || equalOffsets(decoded.offsets, offsets))
  const maxError = lossless ? 0 : largestDifference(job.pipeline.dtype, data, decoded.data)
  return {
    encodedBytes: stored.length,
    encodeMs,
    decodeMs,
    lossless,
    ...(maxError === undefined ? {} : { maxError }),
  }
}

/** Milliseconds of the fastest of several runs within a time, at least one. */
function fastest(budgetMs: number, context: TaskContext, run: () => void): number {
  const timed = (): number => {
    const start = performance.now()
    run()
    return performance.now() - start
  }
  const first = timed()
  let [best, spent] = [Infinity, first]
  for (let n = 0; n < MOST_REPETITIONS && spent < budgetMs && !context.isStopped; n++) {
    const ms = timed()
    best = Math.min(best, ms)
    spent += ms
  }
  return Math.max(Number.MIN_VALUE, best === Infinity ? first : best)
}

type Decoded = { data: Uint8Array } & Partial<VariableItems>

/** Decodes to canonical items in C order, into the same memory each time where items have one size. */
function reader(pipeline: CodecPipeline): (stored: Uint8Array) => Decoded {
  const { dtype, shape } = pipeline.spec
  const size = itemSize(dtype)
  const projection = wholeProjection(shape)
  if (size === null) {
    return (stored) => {
      const chunk = pipeline.decode(stored)
      if (!chunk.offsets) throw corrupt('it decodes to items without lengths')
      return gatherVariable({ ...chunk, offsets: chunk.offsets }, projection)
    }
  }
  const data = new Uint8Array(pipeline.items * size)
  const strides = cOrderStrides(shape)
  return (stored) => {
    scatter(pipeline.decode(stored), projection, { bytes: data, strides })
    return { data }
  }
}

const equal = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

const equalOffsets = (a: Uint32Array | undefined, b: Uint32Array): boolean =>
  a?.length === b.length && a.every((offset, i) => offset === b[i])
