import { ChunkCorruptError, ZarrscopeError } from '@shared/errors'
import { itemSize } from '@shared/dtype/itemsize'
import { gatherVariable } from '../chunks/gather-variable'
import { scatter } from '../chunks/scatter'
import { cOrderStrides, wholeProjection } from '../chunks/whole-projection'
import { decodeSteps } from '../codecs/decode-steps'
import { isAllFill } from '../codecs/shard-parts'
import { boundPipeline } from './bound-pipeline'
import { ChunkReader, type Decoded } from './chunk-reader'
import type { Operation } from './operation'
import type { InspectJob, Inspected, InspectTask } from './operations'
import { taskError } from './task-error'
import { valueRange } from './value-range'

/** Decodes chunks and tells about their items, which stay on the thread. */
export const inspect: Operation<InspectJob, Inspected> = {
  duration: 'chunk',
  tasks: (job) => job.tasks.length,
  bind(job, thread) {
    const reader = new ChunkReader(boundPipeline(job.pipeline), thread.indexes)
    const { fill } = job.pipeline
    return {
      run(number) {
        const task = job.tasks[number]!
        const steps = job.steps ? stepsOf(reader, task) : {}
        try {
          const found = reader.read(task)
          if (!found) return { state: 'missing' }
          const { storedBytes, stamp } = found
          return {
            state: 'stored',
            storedBytes,
            ...facts(insideItems(found.chunk, task.inside), fill),
            ...(stamp === undefined ? {} : { stamp }),
            ...steps,
          }
        } catch (thrown) {
          return { state: 'error', error: taskError(task.key, thrown), ...steps }
        }
      },
      close: () => reader.close(),
    }
  },
  lost: (job, task, why) => ({
    state: 'error',
    error: new ChunkCorruptError(job.tasks[task]!.key, why).toBody(),
  }),
}

/** An undefined fill value is no value that items could have. */
const facts = (items: Decoded['chunk'], fill: Uint8Array | null): Partial<Inspected> => ({
  fillOnly: fill !== null && isAllFill(items, fill),
  ...valueRange(items.dtype, items.data),
})

/** A chunk that cannot be read at all has no steps; why is told by reading it. */
function stepsOf(reader: ChunkReader, task: InspectTask): Pick<Inspected, 'steps'> {
  try {
    const stored = reader.stored(task)
    return stored ? { steps: decodeSteps(stored.spec, stored.bytes) } : {}
  } catch (thrown) {
    if (thrown instanceof ZarrscopeError) return {}
    throw thrown
  }
}

/** The items inside the array, in any order, in native byte order. */
function insideItems(chunk: Decoded['chunk'], inside: readonly number[]): Decoded['chunk'] {
  const { dtype, shape, offsets } = chunk
  const isWhole = shape.every((length, k) => inside[k] === length)
  if (isWhole && !chunk.bigEndian && !offsets) return chunk
  const strides = cOrderStrides(inside)
  const projection = wholeProjection(inside)
  const packed = { dtype, shape: inside, strides, bigEndian: false }
  if (offsets) return { ...packed, ...gatherVariable({ ...chunk, offsets }, projection) }
  const data = new Uint8Array(inside.reduce((n, length) => n * length, itemSize(dtype)!))
  scatter(chunk, projection, { bytes: data, strides })
  return { ...packed, data }
}
