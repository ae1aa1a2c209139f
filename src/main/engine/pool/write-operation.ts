import { fixedItemSize } from '@shared/dtype/itemsize'
import { fillOutput } from '../chunks/fill'
import { coversChunk } from '../chunks/covers-chunk'
import { gather } from '../chunks/gather'
import { scatter } from '../chunks/scatter'
import { cOrderStrides, wholeProjection } from '../chunks/whole-projection'
import { codecModule } from '../codecs/wasm/codec-module'
import { rowCopiers } from '../codecs/wasm/row-copiers'
import { boundPipeline } from './bound-pipeline'
import { ChunkReader } from './chunk-reader'
import { fillItem } from './fill-item'
import { decodedBytes } from './limits'
import type { Operation } from './operation'
import type { WriteJob, WriteResult, WriteTask } from './operations'
import { isSharded } from './patched-shard'
import { taskError } from './task-error'
import { innerEncoder, writePatched } from './write-shard'
import { lostWrite, removed, written } from './write-target'

/**
 * Puts items into chunks: gathers them, over what is stored where a task does not cover its chunk, encodes and writes.
 * A chunk that cannot be decoded is left as it is: a part never overwrites damage.
 */
export const write: Operation<WriteJob, WriteResult> = {
  duration: 'any',
  tasks: (job) => job.tasks.length,
  bind(job, thread) {
    const pipeline = boundPipeline(job.pipeline)
    const reader = new ChunkReader(pipeline, thread.indexes)
    const chunk = new ChunkBuffer(job)
    const encodeInner = innerEncoder(job)
    return {
      run(number): WriteResult {
        const task = job.tasks[number]!
        try {
          if (!task.isWhole && isSharded(pipeline))
            return writePatched(job, task, pipeline, reader, encodeInner)
          const data = task.isWhole ? chunk.blank(task) : chunk.stored(reader, task)
          chunk.put(data, task)
          if (job.dropFill && chunk.isFill(data)) return removed(task)
          // Bytes that go back to the caller must be their own.
          const bytes = task.target.kind === 'file' ? pipeline.encodeInPlace(data) : pipeline.encode(data)
          return written(task, bytes, job.flush ?? false)
        } catch (thrown) {
          return { state: 'error', error: taskError(task.key, thrown) }
        }
      },
      close: () => reader.close(),
    }
  },
  lost: lostWrite,
}

/** Canonical items of one chunk at a time, in memory that the next chunk reuses. */
class ChunkBuffer {
  private readonly job: WriteJob
  private readonly itemsize: number
  private readonly strides: number[]
  private readonly fill: Uint8Array
  private readonly bytes: number
  private readonly input: Uint8Array
  private kept: Uint8Array | undefined

  constructor(job: WriteJob) {
    this.job = job
    this.itemsize = fixedItemSize(job.pipeline.dtype)
    this.strides = cOrderStrides(job.pipeline.shape)
    this.fill = fillItem(job.pipeline)
    this.bytes = decodedBytes(job.pipeline)
    this.input = new Uint8Array(job.input.buffer, job.input.byteOffset)
  }

  /** For a chunk whose items are all given; what lies beyond the array's edge holds the fill value. */
  blank({ projection }: WriteTask): Uint8Array {
    const hasShards = this.job.pipeline.codecs.some(({ name }) => name === 'sharding_indexed')
    // In the codecs' own memory no copy is made to encode it. A shard's inner chunks are encoded there one by one.
    const data = hasShards ? this.own() : codecModule().region(this.bytes)
    if (!coversChunk(projection, this.job.pipeline.shape)) fillOutput(data, this.fill)
    return data
  }

  /** What is stored now. */
  stored(reader: ChunkReader, task: WriteTask): Uint8Array {
    const data = this.own()
    const found = reader.read(task)
    if (!found) fillOutput(data, this.fill)
    else
      scatter(found.chunk, wholeProjection(this.job.pipeline.shape), { bytes: data, strides: this.strides })
    reader.close()
    return data
  }

  put(data: Uint8Array, task: WriteTask): void {
    const { shape } = this.job.pipeline
    const { strides, memory } = this.job.input
    const input = { bytes: this.input, strides, copiers: memory && rowCopiers(memory) }
    gather(input, task.projection, { shape, strides: this.strides, data }, this.itemsize)
  }

  /** Whether every item is the fill value, bit for bit. */
  isFill(data: Uint8Array): boolean {
    const { fill } = this
    if (fill.length === 0 || data.length === 0) return true
    if (Buffer.compare(data.subarray(0, fill.length), fill) !== 0) return false
    // Every item equals the one before it.
    return Buffer.compare(data.subarray(fill.length), data.subarray(0, data.length - fill.length)) === 0
  }

  private own(): Uint8Array {
    return (this.kept ??= new Uint8Array(this.bytes))
  }
}
