import { gatherVariable, type VariableItems } from '../chunks/gather-variable'
import { replaceVariable } from '../chunks/scatter-variable'
import { cOrderStrides, wholeProjection } from '../chunks/whole-projection'
import { boundPipeline } from './bound-pipeline'
import { ChunkReader } from './chunk-reader'
import { filledItems } from './filled-items'
import type { Operation } from './operation'
import type { VlenWriteJob, WriteResult, WriteTask } from './operations'
import { isSharded } from './patched-shard'
import { taskError } from './task-error'
import { variableInnerEncoder, writePatched } from './write-shard'
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
    const filled = filledItems(fill, pipeline.items)
    const encodeInner = variableInnerEncoder(job)
    const stored = (task: WriteTask): VariableItems => {
      const found = task.isWhole ? undefined : reader.read(task)
      if (!found) return filled
      return gatherVariable({ ...found.chunk, offsets: found.chunk.offsets! }, wholeProjection(shape))
    }
    return {
      run(number): WriteResult {
        const task = job.tasks[number]!
        try {
          if (!task.isWhole && isSharded(pipeline))
            return writePatched(job, task, pipeline, reader, encodeInner)
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

const isSame = (a: VariableItems, b: VariableItems): boolean =>
  a.data.length === b.data.length &&
  Buffer.compare(a.data, b.data) === 0 &&
  a.offsets.every((offset, i) => offset === b.offsets[i])
