import { setMaxListeners } from 'node:events'
import { availableParallelism } from 'node:os'
import type { Worker } from 'node:worker_threads'
import { AbortedError, UsageError } from '@shared/errors'
import createCodecWorker from '../../codec-worker?nodeWorker'
import type { FileBatch, ScanEnd } from '../files/scan-directory'
import type { FileFacts } from '../files/stat-names'
import type { ChunkBatch } from '../stores/chunk-naming'
import { CallingThread } from './calling-thread'
import type { CodecExecutor, RunOptions } from './executor'
import { decodedBytes, MAX_CHUNK_BYTES } from './limits'
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
import { PoolJob } from './pool-job'
import type { Reduced, ReduceJob } from './reduce-operation'
import { withMemories, withMemory, withSharedBytes } from './shared-bytes'
import { statInSlices } from './stat-slices'
import { OPERATIONS, type OperationName, type OperationTypes } from './thread-operations'
import { WorkerSlot, type AnyJob } from './worker-slot'

export interface WorkerPoolOptions {
  /** Threads; as many as the machine's cores when absent. */
  workers?: number
  /** A chunk that takes longer is given up and its thread replaced; 10,000 when absent. */
  chunkTimeoutMs?: number
  /** Starts a thread that serves jobs (see `serveJobs`). */
  createWorker?: () => Worker
  /** Takes part in small reads. */
  callingThread?: CallingThread
}

/** How often the workers are looked at per time limit. */
const LOOKS = 10
/** So few tasks of a small read are done before a worker has been woken. */
const FEW_TASKS = 2

/**
 * Runs operations on worker threads, which start with the first job. Visible jobs go first: a worker at a background
 * job puts that back after its current task. A thread that hangs or dies is replaced; the chunk it was at becomes an
 * error and the rest goes on. At most 1 GiB is decoded at a time. Idle threads do not keep the process running.
 */
export class WorkerPool implements CodecExecutor {
  private target: number
  private readonly createWorker: () => Worker
  private readonly timeout: number
  private readonly slots = new Set<WorkerSlot>()
  private readonly lanes = { visible: new Set<AnyJob>(), background: new Set<AnyJob>() }
  private watch: NodeJS.Timeout | undefined
  private readonly here: CallingThread
  private closed = false

  constructor(options: WorkerPoolOptions = {}) {
    this.target = checkedCount(options.workers ?? availableParallelism())
    this.timeout = options.chunkTimeoutMs ?? 10_000
    this.here = options.callingThread ?? new CallingThread()
    this.createWorker = options.createWorker ?? (() => createCodecWorker({ name: 'codec', execArgv: [] }))
  }

  get workers(): number {
    return this.target
  }

  /** Resolves when no more than `count` threads are left; more start when there is work for them. */
  async setWorkers(count: number): Promise<void> {
    this.target = checkedCount(count)
    const surplus = [...this.staying()].reverse().slice(0, -count || undefined)
    await Promise.all(this.staying().length > count ? surplus.map((slot) => slot.retire()) : [])
  }

  /** Starts all threads now, so that the first read does not wait for them. */
  prewarm(): void {
    while (this.staying().length < this.target) this.addSlot()
  }

  read(job: ReadJob, options?: RunOptions): Promise<TaskResult[]> {
    const shared = { ...job, tasks: withSharedBytes(job.tasks), target: withMemories(job.target) }
    return this.run('read', shared, job.chunkBytes ?? decodedBytes(job.pipeline), options)
  }

  readVlen(job: VlenReadJob, options?: RunOptions): Promise<VlenResult[]> {
    const shared = { ...job, tasks: withSharedBytes(job.tasks) }
    return this.run('readVlen', shared, job.chunkBytes ?? decodedBytes(job.pipeline), options)
  }

  async decode(job: DecodeJob, options?: RunOptions): Promise<DecodedValue> {
    return (await this.run('decode', job, decodedBytes(job.pipeline), options))[0]!
  }

  write(job: WriteJob, options?: RunOptions): Promise<WriteResult[]> {
    const shared = { ...job, tasks: withSharedBytes(job.tasks), input: withMemory(job.input) }
    return this.run('write', shared, decodedBytes(job.pipeline), options)
  }

  writeVlen(job: VlenWriteJob, options?: RunOptions): Promise<WriteResult[]> {
    const shared = { ...job, tasks: withSharedBytes(job.tasks) }
    return this.run('writeVlen', shared, decodedBytes(job.pipeline), options)
  }

  inspect(job: InspectJob, options?: RunOptions): Promise<Inspected[]> {
    const shared = { ...job, tasks: withSharedBytes(job.tasks) }
    return this.run('inspect', shared, job.chunkBytes ?? decodedBytes(job.pipeline), options)
  }

  async encode(job: EncodeJob, options?: RunOptions): Promise<Uint8Array> {
    return (await this.run('encode', job, job.data.length, options))[0]!
  }

  async measure(job: MeasureJob, options?: RunOptions): Promise<Measured> {
    const background: RunOptions = { lane: 'background', ...options }
    return (await this.run('measure', job, 2 * job.data.length, background))[0]!
  }

  async reduce(job: ReduceJob, options?: RunOptions): Promise<Reduced> {
    return (await this.run('reduce', job, 2 * job.items.data.length, options))[0]!
  }

  stat(job: StatJob, options?: RunOptions): Promise<FileFacts> {
    const background: RunOptions = { lane: 'background', ...options }
    return statInSlices(job, async (slice) => (await this.run('stat', slice, 0, background))[0]!)
  }

  async documents(job: DocumentsJob, options?: RunOptions): Promise<FolderDocuments[]> {
    return (await this.run('documents', job, 0, options)).flat()
  }

  async scan(job: ScanJob, onBatch: (batch: FileBatch) => void, options?: RunOptions): Promise<ScanEnd> {
    const background: RunOptions = { lane: 'background', ...options }
    return (await this.run('scan', job, 0, background, onBatch as (part: unknown) => void))[0]!
  }

  async scanChunks(
    job: ScanChunksJob,
    onBatch: (batch: ChunkBatch) => void,
    options?: RunOptions,
  ): Promise<ScanEnd> {
    const background: RunOptions = { lane: 'background', ...options }
    return (await this.run('scanChunks', job, 0, background, onBatch as (part: unknown) => void))[0]!
  }

  async close(): Promise<void> {
    this.closed = true
    for (const job of this.jobs())
      job.fail(new AbortedError('The request was cancelled: the engine was closed.'))
    await Promise.all([...this.slots].map((slot) => slot.terminate('the engine was closed')))
  }

  private async run<Name extends OperationName>(
    name: Name,
    job: OperationTypes[Name]['job'],
    weight: number,
    { lane = 'visible', signal, maxWorkers }: RunOptions = {},
    takePart?: (part: unknown) => void,
  ): Promise<OperationTypes[Name]['result'][]> {
    if (signal?.aborted) throw new AbortedError()
    if (this.closed) throw new AbortedError('The request was cancelled: the engine is closed.')
    const queued = new PoolJob(name, OPERATIONS[name], job, { lane, weight, takePart, maxWorkers })
    if (queued.isOver) return []
    const abort = (): void => queued.abort()
    if (signal) {
      // Hundreds of jobs may follow one signal, which is no leak: each stops listening when it is over.
      setMaxListeners(0, signal)
      signal.addEventListener('abort', abort, { once: true })
    }
    this.lanes[lane].add(queued)
    try {
      if (name === 'read' && lane === 'visible') this.share(job as ReadJob, queued)
      this.assign()
      return await queued.finished
    } finally {
      signal?.removeEventListener('abort', abort)
      this.lanes[lane].delete(queued)
      if (this.jobs().length === 0) this.stopWatch()
    }
  }

  /** Works on a small read here, beside as many workers as it takes to keep the machine busy. */
  private share(job: ReadJob, queued: AnyJob): void {
    if (!this.here.takes(job)) return
    const { maxWorkers } = queued
    const beside = job.tasks.length <= FEW_TASKS ? 0 : this.target - 1
    queued.maxWorkers = Math.min(maxWorkers - 1, beside)
    this.assign()
    this.here.work(job, queued as PoolJob<ReadJob, TaskResult>)
    queued.maxWorkers = maxWorkers
  }

  /** Gives jobs to idle workers, visible ones first; starts workers up to the target; asks for preemption. */
  private assign(): void {
    for (const job of this.jobs()) {
      while (job.wantsWorker) {
        if (!this.hasMemoryFor(job)) return
        if (!this.leavesWorker(job)) break
        const slot = this.idleSlot()
        if (!slot) {
          this.preemptFor(job)
          break
        }
        slot.start(job)
        this.startWatch()
      }
    }
  }

  /** Background work makes way for visible work, and of visible jobs one with several workers for one with none. */
  private preemptFor(job: AnyJob): void {
    if (job.lane !== 'visible') return
    const busy = this.staying().filter((slot) => slot.job && slot.job !== job)
    const background = busy.filter((slot) => slot.job?.lane === 'background')
    background.slice(0, job.untaken).forEach((slot) => slot.askToYield())
    if (background.length > 0 || job.workers.size > 0) return
    busy.find((slot) => slot.job!.workers.size > 1)?.askToYield()
  }

  private idleSlot(): WorkerSlot | undefined {
    const staying = this.staying()
    return staying.find((slot) => !slot.job) ?? (staying.length < this.target ? this.addSlot() : undefined)
  }

  private addSlot(): WorkerSlot {
    const slot: WorkerSlot = new WorkerSlot(this.createWorker(), {
      idle: (job) => {
        // At the end of its lane, behind the jobs that it made way for.
        if (this.lanes[job.lane].delete(job)) this.lanes[job.lane].add(job)
        this.assign()
      },
      gone: () => {
        this.slots.delete(slot)
        this.assign()
      },
    })
    this.slots.add(slot)
    return slot
  }

  private hasMemoryFor(job: AnyJob): boolean {
    let decoding = 0
    for (const slot of this.slots) decoding += slot.job?.weight ?? 0
    return decoding === 0 || decoding + job.weight <= MAX_CHUNK_BYTES
  }

  /** Long jobs cannot make way: where there are several workers, one is always left to others. */
  private leavesWorker(job: AnyJob): boolean {
    if (job.operation.duration !== 'long') return true
    const long = this.staying().filter((slot) => slot.job?.operation.duration === 'long').length
    return long === 0 || long + 1 < this.target
  }

  private startWatch(): void {
    this.watch ??= setInterval(() => this.look(), this.timeout / LOOKS).unref()
  }

  private stopWatch(): void {
    clearInterval(this.watch)
    this.watch = undefined
  }

  private look(): void {
    for (const slot of this.slots) {
      if (slot.job?.operation.duration !== 'chunk' || slot.standstill() < LOOKS) continue
      void slot.terminate(`it took longer than ${this.timeout / 1000} s`)
    }
    this.assign()
  }

  private jobs(): AnyJob[] {
    return [...this.lanes.visible, ...this.lanes.background]
  }

  /** Slots that take further jobs. */
  private staying(): WorkerSlot[] {
    return [...this.slots].filter((slot) => !slot.isLeaving)
  }
}

function checkedCount(count: number): number {
  if (Number.isInteger(count) && count >= 1 && count <= 64) return count
  throw new UsageError(`The number of codec threads must be between 1 and 64, not ${count}.`)
}
