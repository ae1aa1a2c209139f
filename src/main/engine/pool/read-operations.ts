import { ChunkCorruptError, LimitError, type ErrorBody } from '@shared/errors'
import { itemSize } from '@shared/dtype/itemsize'
import { fillProjection } from '../chunks/fill'
import { gatherVariable, type VariableItems } from '../chunks/gather-variable'
import { scatter, type OutputItems } from '../chunks/scatter'
import { cOrderStrides, wholeProjection } from '../chunks/whole-projection'
import { rowCopiers } from '../codecs/wasm/row-copiers'
import { noteNewMemory } from '../codecs/wasm/shared-memory'
import { boundPipeline } from './bound-pipeline'
import { ChunkReader, type Decoded } from './chunk-reader'
import { fillItem } from './fill-item'
import { MAX_RESULT_BYTES, RESULT_BYTES } from './limits'
import type { Operation } from './operation'
import type {
  DecodedValue,
  DecodeJob,
  ReadJob,
  ReadTarget,
  TaskResult,
  VlenReadJob,
  VlenResult,
} from './operations'
import { taskError } from './task-error'

/** Reads fixed-size items into the target, wherever they lie in it. */
export const read: Operation<ReadJob, TaskResult> = {
  duration: 'chunk',
  tasks: (job) => job.tasks.length,
  bind(job, thread) {
    const reader = new ChunkReader(boundPipeline(job.pipeline), thread.indexes, job.maxChunkBytes)
    if (!Array.isArray(job.target) && job.target.isNew) noteNewMemory(job.target.buffer.byteLength)
    const outputOf = outputs(job)
    const fill = fillItem(job.pipeline)
    return {
      run(number) {
        const task = job.tasks[number]!
        const output = outputOf(number)
        try {
          const found = reader.copy(task, output)
          if (!found) fillProjection(task.projection, output, fill)
          return found ? storedResult(found) : { state: 'missing' }
        } catch (thrown) {
          fillProjection(task.projection, output, fill)
          return { state: 'error', error: taskError(task.key, thrown) }
        }
      },
      close: () => reader.close(),
    }
  },
  lost(job, number, why) {
    const task = job.tasks[number]!
    fillProjection(task.projection, outputs(job)(number), fillItem(job.pipeline))
    return { state: 'error', error: corrupted(task.key, why) }
  },
}

/** Reads items that vary in length; each task's come back on their own. */
export const readVlen: Operation<VlenReadJob, VlenResult> = {
  duration: 'chunk',
  tasks: (job) => job.tasks.length,
  bind(job, thread) {
    const reader = new ChunkReader(boundPipeline(job.pipeline), thread.indexes, job.maxChunkBytes)
    const { maxBytes = MAX_RESULT_BYTES } = job
    let bytes = 0
    return {
      run(number) {
        const task = job.tasks[number]!
        try {
          if (bytes > maxBytes) throw new LimitError(RESULT_BYTES, 'larger', maxBytes)
          const found = reader.read(task)
          if (!found) return { state: 'missing' }
          const items = gatherVariable(variable(found), task.projection)
          bytes += items.data.length
          return { ...storedResult(found), ...items }
        } catch (thrown) {
          return { state: 'error', error: taskError(task.key, thrown) }
        }
      },
      close: () => reader.close(),
    }
  },
  lost: (job, task, why) => ({ state: 'error', error: corrupted(job.tasks[task]!.key, why) }),
}

/** Decodes one whole chunk to canonical bytes of its own. */
export const decode: Operation<DecodeJob, DecodedValue> = {
  duration: 'chunk',
  tasks: () => 1,
  bind(job, thread) {
    const reader = new ChunkReader(boundPipeline(job.pipeline), thread.indexes)
    return {
      run() {
        try {
          const found = reader.read(job)
          return found
            ? { ...storedResult(found), storedBytes: found.storedBytes, ...canonical(found) }
            : NOTHING
        } catch (thrown) {
          return { state: 'error', storedBytes: 0, error: taskError(job.key, thrown) }
        }
      },
      close: () => reader.close(),
    }
  },
  lost: (job, _task, why) => ({ state: 'error', storedBytes: 0, error: corrupted(job.key, why) }),
}

const corrupted = (key: string, why: string): ErrorBody => new ChunkCorruptError(key, why).toBody()

const NOTHING: DecodedValue = { state: 'missing', storedBytes: 0 }

/** Where the items of each task go. */
export function outputs({ target }: ReadJob): (task: number) => OutputItems {
  if (Array.isArray(target)) return (task) => outputOf(target[task]!)
  const output = outputOf(target)
  return () => output
}

const outputOf = ({ buffer, byteOffset, strides, memory }: ReadTarget): OutputItems => ({
  bytes: new Uint8Array(buffer, byteOffset),
  strides,
  copiers: memory && rowCopiers(memory),
})

/** What a task answers whose chunk is stored. */
export const storedResult = ({ storedBytes, stamp }: Omit<Decoded, 'chunk'>): TaskResult => ({
  state: 'stored',
  storedBytes,
  ...(stamp === undefined ? {} : { stamp }),
})

function variable({ chunk }: Decoded): Decoded['chunk'] & VariableItems {
  if (!chunk.offsets) throw new TypeError('a chunk of items that vary in length was decoded without offsets')
  return { ...chunk, offsets: chunk.offsets }
}

/** A whole chunk as canonical bytes of its own, C order. */
function canonical(found: Decoded): { data: Uint8Array; offsets?: Uint32Array } {
  const { shape, dtype } = found.chunk
  const itemsize = itemSize(dtype)
  if (itemsize === null) return gatherVariable(variable(found), wholeProjection(shape))
  const data = new Uint8Array(shape.reduce((n, length) => n * length, itemsize))
  scatter(found.chunk, wholeProjection(shape), { bytes: data, strides: cOrderStrides(shape) })
  return { data }
}
