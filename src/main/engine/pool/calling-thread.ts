import { fixedItemSize } from '@shared/dtype/itemsize'
import { fillProjection } from '../chunks/fill'
import { itemSpan } from '../chunks/item-span'
import { isPlainBox } from '../chunks/stretch-projection'
import { tellsOfChanges } from '../files/told-changes'
import { boundPipeline } from './bound-pipeline'
import { ChunkReader } from './chunk-reader'
import { fillItem } from './fill-item'
import { LoopTurn } from './loop-turn'
import type { ReadJob, ReadTask, TaskResult } from './operations'
import type { PoolJob } from './pool-job'
import { outputs, storedResult } from './read-operations'
import { ShardIndexes } from './shard-indexes'

/** Small reads of more chunks are left to the threads. */
const MAX_TASKS = 32
/** Items that lie farther apart in a chunk are left to the threads. */
const MAX_SPAN_BYTES = 2 ** 19
/** A Blosc block up to this size decodes in less time than a thread takes to be woken and to answer. */
const MAX_BLOCK_BYTES = 2 ** 20
/** How long the calling thread works on one job at most; what is left is the threads'. */
const BUDGET_MS = 2
/** Reads that were begun together: after so long without a turn of the event loop the rest is the threads'. */
const TURN_MS = 4
/** So many small reads go to the threads before the calling thread compiles a codec module of its own. */
const FIRST_ELSEWHERE = 8
/** A task that takes longer is slow; after so many in a row the disk is left to the threads, for this long. */
const SLOW_MS = 3
const SLOW_TASKS = 3
const PAUSE_MS = 10_000

/**
 * The calling thread's part in small reads: a few items of each of a few chunks. Waking a thread, and being woken by
 * it, takes as long as opening a file and decoding a block, so the calling thread takes tasks like the others do. Only
 * boxes without steps, of chunks whose codecs allow to read a part, from files on local disks while these answer quickly.
 */
export class CallingThread {
  private readonly diskOf: (root: string) => Promise<boolean>
  private readonly now: () => number
  private readonly turn: LoopTurn
  private readonly indexes = new ShardIndexes()
  /** Per root: whether it lies on a local disk, once that is known. */
  private readonly local = new Map<string, boolean>()
  private elsewhere = 0
  private slow = 0
  private pausedUntil = 0

  /**
   * @param isLocalDisk whether a folder lies on a disk of this machine
   * @param now milliseconds of a clock that only goes forward
   */
  constructor(
    isLocalDisk: (root: string) => Promise<boolean> = tellsOfChanges,
    now = () => performance.now(),
  ) {
    this.diskOf = isLocalDisk
    this.now = now
    this.turn = new LoopTurn(now)
  }

  /** Whether it takes part in this job. */
  takes(job: ReadJob): boolean {
    const { tasks, pipeline: spec } = job
    if (tasks.length > MAX_TASKS || this.now() < this.pausedUntil) return false
    const { itemStrides } = boundPipeline(spec)
    if (!itemStrides) return false
    const chunk = { shape: spec.shape, strides: itemStrides }
    const itemsize = fixedItemSize(spec.dtype)
    const isSmall = ({ source, inner, projection }: ReadTask): boolean =>
      source.kind === 'file' &&
      !inner &&
      isPlainBox(projection) &&
      this.isLocal(source.root) &&
      itemSpan(projection, chunk).items * itemsize <= MAX_SPAN_BYTES
    return tasks.every(isSmall) && ++this.elsewhere > FIRST_ELSEWHERE && this.turn.age() < TURN_MS
  }

  /** Takes tasks of the job until none is left or the time is up. What it cannot do quickly a thread does again. */
  work(job: ReadJob, pooled: PoolJob<ReadJob, TaskResult>): void {
    const reader = new ChunkReader(boundPipeline(job.pipeline), this.indexes)
    const outputOf = outputs(job)
    const fill = fillItem(job.pipeline)
    const until = this.now() + BUDGET_MS
    pooled.workHere((number) => {
      const before = this.now()
      if (before > until) return undefined
      try {
        const task = job.tasks[number]!
        const output = outputOf(number)
        const found = reader.copyQuickly(task, output, MAX_BLOCK_BYTES)
        if (found === 'slow') return undefined
        if (found) return storedResult(found)
        fillProjection(task.projection, output, fill)
        return { state: 'missing' }
      } catch {
        // The thread that does it again reports it.
        return undefined
      } finally {
        this.took(this.now() - before)
      }
    })
    reader.close()
  }

  private isLocal(root: string | undefined): boolean {
    if (root === undefined) return false
    const known = this.local.get(root)
    if (known === undefined) {
      this.local.set(root, false)
      void this.diskOf(root).then((isLocal) => this.local.set(root, isLocal))
    }
    return known ?? false
  }

  private took(ms: number): void {
    if (ms <= SLOW_MS) this.slow = 0
    else if (++this.slow >= SLOW_TASKS) {
      this.slow = 0
      this.pausedUntil = this.now() + PAUSE_MS
    }
  }
}
