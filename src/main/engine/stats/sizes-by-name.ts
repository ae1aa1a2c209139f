import { IoError, isAborted } from '@shared/errors'
import type { FileFacts } from '../files/stat-names'
import type { CodecExecutor } from '../pool/executor'
import type { StatJob } from '../pool/operations'
import type { ChunkNames } from './chunk-names'
import type { FolderPlace, FolderSink, ListFolderOptions } from './folder-sink'
import { sharedSignal } from './shared-signal'

/** Names that one thread looks up at a time. */
const SLICE = 8192

/** Where fewer of the grid's chunks exist, asking for each by name costs more than listing saves. */
const DENSE = 1 / 8

/**
 * Asks for the size of every chunk of a grid by its name, slice by slice on the worker threads, while a listing that
 * tells which ones exist goes on. Where few do, it stops and asks for those alone.
 */
export class SizesByName {
  private readonly executor: CodecExecutor
  private readonly place: FolderPlace
  private readonly names: ChunkNames
  private readonly sink: FolderSink
  private readonly onBatch: (() => void) | undefined
  private readonly stopping = new AbortController()
  private readonly caller: AbortSignal
  private readonly signal: AbortSignal
  private readonly slices: number
  private readonly done: Uint8Array
  private next = 0
  private readonly running: Promise<void>
  private failure: { thrown: unknown } | undefined
  /** Numbers of the chunks that exist, as long as they are few. */
  private existing: number[] | undefined = []

  constructor(
    executor: CodecExecutor,
    place: FolderPlace,
    names: ChunkNames,
    sink: FolderSink,
    { signal, onBatch }: ListFolderOptions,
  ) {
    this.executor = executor
    this.place = place
    this.names = names
    this.sink = sink
    this.onBatch = onBatch
    this.caller = sharedSignal(signal)
    this.signal = sharedSignal(this.caller, this.stopping.signal)
    this.slices = Math.ceil(names.count / SLICE)
    this.done = new Uint8Array(this.slices)
    // More than there are threads, so that none waits for the next question.
    const atOnce = Math.min(this.slices, executor.workers * 2)
    this.running = Promise.all(Array.from({ length: atOnce }, () => this.work())).then(() => undefined)
  }

  /** The listing has found these chunks. */
  exist(coords: Float64Array): void {
    const { rank, count } = this.names
    for (let at = 0; this.existing && at < coords.length; at += rank) {
      this.existing.push(this.names.numberOf(coords, at))
      if (this.existing.length > count * DENSE) this.existing = undefined
    }
  }

  /** The listing is complete: asks for what is left to ask for. */
  async finish(): Promise<void> {
    if (this.existing) this.stopping.abort()
    await this.running
    if (this.failure) throw this.failure.thrown
    const left = this.existing?.filter((number) => !this.done[Math.floor(number / SLICE)])
    if (!left || left.length === 0) return
    const coords = new Float64Array(this.names.rank)
    const names = left.map((number) => {
      this.names.unravel(number, coords)
      return this.names.nameOf(coords)
    })
    const facts = await this.ask(names, this.caller)
    left.forEach((number, i) => this.give(number, facts, i, coords))
  }

  async stop(): Promise<void> {
    this.stopping.abort()
    await this.running
  }

  private async work(): Promise<void> {
    while (this.next < this.slices && !this.signal.aborted && this.failure === undefined) {
      const slice = this.next++
      const from = slice * SLICE
      const to = Math.min(this.names.count, from + SLICE)
      try {
        this.take(from, await this.ask(this.names.run(from, to), this.signal))
        this.done[slice] = 1
      } catch (thrown) {
        if (isAborted(thrown) && this.stopping.signal.aborted) return
        // An array without a folder, which consolidated metadata may name, has no chunks.
        if (!(thrown instanceof IoError && thrown.syscall === 'ENOENT')) this.failure = { thrown }
        return
      }
      this.onBatch?.()
    }
  }

  private ask(names: StatJob['names'], signal: AbortSignal): Promise<FileFacts> {
    const { folder, confinement } = this.place
    return this.executor.stat({ root: folder, confinement, names }, { signal })
  }

  private take(from: number, facts: FileFacts): void {
    const coords = new Float64Array(this.names.rank)
    for (let i = 0; i < facts.sizes.length; i++) this.give(from + i, facts, i, coords)
  }

  private give(number: number, { sizes, modified }: FileFacts, i: number, coords: Float64Array): void {
    if (sizes[i]! < 0) return
    this.names.unravel(number, coords)
    this.sink.chunk(coords, sizes[i]!, modified[i]!)
  }
}
