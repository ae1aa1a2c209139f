import { setImmediate } from 'node:timers/promises'
import { AbortedError } from '@shared/errors'
import type { FileBatch, ScanEnd } from '../files/scan-directory'
import type { FileFacts } from '../files/stat-names'
import type { ChunkBatch } from '../stores/chunk-naming'
import type { CodecExecutor, RunOptions } from './executor'
import type { DocumentsJob, FolderDocuments } from './documents-operation'
import type {
  DecodeJob,
  DecodedValue,
  EncodeJob,
  InspectJob,
  Inspected,
  Measured,
  MeasureJob,
  ReadJob,
  ScanChunksJob,
  ScanJob,
  StatJob,
  TaskResult,
  VlenReadJob,
  VlenResult,
  VlenWriteJob,
  WriteJob,
  WriteResult,
} from './operations'
import type { Reduced, ReduceJob } from './reduce-operation'
import { statInSlices } from './stat-slices'
import { ShardIndexes } from './shard-indexes'
import { OPERATIONS, type OperationName, type OperationTypes } from './thread-operations'
import type { ThreadState } from './operation'

/** How long the calling thread may be kept before it is let go for a moment. */
const SLICE_MS = 8

/** Runs operations on the calling thread, one task after another, with the same results as worker threads. */
export class InlineExecutor implements CodecExecutor {
  readonly workers = 1
  private readonly thread: ThreadState = { indexes: new ShardIndexes() }

  async setWorkers(): Promise<void> {
    // There is one thread, the caller's.
  }

  read(job: ReadJob, options?: RunOptions): Promise<TaskResult[]> {
    return this.run('read', job, options)
  }

  readVlen(job: VlenReadJob, options?: RunOptions): Promise<VlenResult[]> {
    return this.run('readVlen', job, options)
  }

  async decode(job: DecodeJob, options?: RunOptions): Promise<DecodedValue> {
    return (await this.run('decode', job, options))[0]!
  }

  write(job: WriteJob, options?: RunOptions): Promise<WriteResult[]> {
    return this.run('write', job, options)
  }

  writeVlen(job: VlenWriteJob, options?: RunOptions): Promise<WriteResult[]> {
    return this.run('writeVlen', job, options)
  }

  inspect(job: InspectJob, options?: RunOptions): Promise<Inspected[]> {
    return this.run('inspect', job, options)
  }

  async encode(job: EncodeJob, options?: RunOptions): Promise<Uint8Array> {
    return (await this.run('encode', job, options))[0]!
  }

  async measure(job: MeasureJob, options?: RunOptions): Promise<Measured> {
    return (await this.run('measure', job, options))[0]!
  }

  async reduce(job: ReduceJob, options?: RunOptions): Promise<Reduced> {
    return (await this.run('reduce', job, options))[0]!
  }

  stat(job: StatJob, options?: RunOptions): Promise<FileFacts> {
    return statInSlices(job, async (slice) => (await this.run('stat', slice, options))[0]!)
  }

  async documents(job: DocumentsJob, options?: RunOptions): Promise<FolderDocuments[]> {
    return (await this.run('documents', job, options)).flat()
  }

  async scan(job: ScanJob, onBatch: (batch: FileBatch) => void, options?: RunOptions): Promise<ScanEnd> {
    return (await this.run('scan', job, options, onBatch as (part: unknown) => void))[0]!
  }

  async scanChunks(
    job: ScanChunksJob,
    onBatch: (batch: ChunkBatch) => void,
    options?: RunOptions,
  ): Promise<ScanEnd> {
    return (await this.run('scanChunks', job, options, onBatch as (part: unknown) => void))[0]!
  }

  async close(): Promise<void> {
    // Nothing is held between calls but memory.
  }

  private async run<Name extends OperationName>(
    name: Name,
    job: OperationTypes[Name]['job'],
    { signal }: RunOptions = {},
    emit: (part: unknown) => void = () => undefined,
  ): Promise<OperationTypes[Name]['result'][]> {
    const operation = OPERATIONS[name]
    const tasks = operation.tasks(job)
    const results: OperationTypes[Name]['result'][] = []
    const context = { emit, isStopped: false }
    while (results.length < tasks) {
      if (signal?.aborted) throw new AbortedError()
      const bound = operation.bind(job, this.thread)
      try {
        const until = performance.now() + SLICE_MS
        while (results.length < tasks && performance.now() < until)
          results.push(bound.run(results.length, context))
      } finally {
        bound.close?.()
      }
      if (results.length < tasks) await setImmediate()
    }
    return results
  }
}
