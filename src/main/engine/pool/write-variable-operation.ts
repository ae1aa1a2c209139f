import { gatherVariable, type VariableItems } from '../chunks/gather-variable'
import { replaceVariable } from '../chunks/scatter-variable'
import { cOrderStrides, wholeProjection } from '../chunks/whole-projection'
import { boundPipeline } from './bound-pipeline'
import { ChunkReader } from './chunk-reader'
import type { Operation } from './operation'
import type { VlenWriteJob, WriteResult, WriteTask } from './operations'
import { taskError } from './task-error'
import { lostWrite, removed, written } from './write-target'

/** The same as `write` for items that vary in length. */
export const writeVlen: Operation<VlenWriteJob, WriteResult> = {
  duration: 'any',
  tasks: (job) => job.tasks.length,
  bind(job, thread) {
    const { shape, fill } = job.pipeline
    const pipeline = boundPipeline(job.pipeline)
    const reader = new ChunkReader(pipeline, thread.indexes)
    const layout = { shape, strides: cOrderStrides(shape) }
    const filled = repeated(fill ?? new Uint8Array(), pipeline.items)
    const stored = (task: WriteTask): VariableItems => {
      const found = task.isWhole ? undefined : reader.read(task)
      if (!found) return filled
      return gatherVariable({ ...found.chunk, offsets: found.chunk.offsets! }, wholeProjection(shape))
    }
    return {
      run(number): WriteResult {
        const task = job.tasks[number]!
        try {
          const { data, offsets } = replaceVariable(stored(task), layout, task.projection, job.input)
          reader.close()
          if (job.dropFill && isSame({ data, offsets }, filled)) return removed(task)
          return written(task, pipeline.encode(data, offsets), job.flush ?? false)
        } catch (thrown) {
          return { state: 'error', error: taskError(task.key, thrown) }
        }
      },
      close: () => reader.close(),
    }
  },
  lost: lostWrite,
}

function repeated(item: Uint8Array, count: number): VariableItems {
  const data = new Uint8Array(item.length * count)
  for (let i = 0; i < count; i++) data.set(item, i * item.length)
  return { data, offsets: Uint32Array.from({ length: count + 1 }, (_, i) => i * item.length) }
}

const isSame = (a: VariableItems, b: VariableItems): boolean =>
  a.data.length === b.data.length &&
  Buffer.compare(a.data, b.data) === 0 &&
  a.offsets.every((offset, i) => offset === b.offsets[i])
