import { AsyncLocalStorage } from 'node:async_hooks'
import { availableParallelism } from 'node:os'
import { isMainThread } from 'node:worker_threads'
import type { CodecExecutor, RunOptions } from '@engine/pool/executor'
import { WorkerPool } from '@engine/pool/worker-pool'
import { createEngine, type Engine } from '@engine/session/engine'

/** What `blosc` sets. */
export const settings: { threads: number; useThreads: boolean | null } = {
  // As in the tutorial: at most four threads unless more are asked for.
  threads: Math.min(4, availableParallelism()),
  useThreads: null,
}

let engine: Engine | undefined

/** Workers and cache of this process; made on first use. Idle workers do not keep the process running. */
export function libraryEngine(): Engine {
  engine ??= createEngine({ executor: new ScheduledPool({ workers: settings.threads }) })
  return engine
}

/** Changes the number of codec threads, now or when they start. */
export function setThreads(count: number): void {
  settings.threads = count
  void engine?.executor.setWorkers(count)
}

/** Calls whose parts follow each other on one thread. */
interface Call {
  last: Promise<unknown>
}

const calls = new AsyncLocalStorage<Call>()
/** Stands for all calls that began alone, which are told apart no further. */
const alone: Call = { last: Promise.resolve() }
let running = 0

/** Whether a call that begins now gets a single thread. */
const isSingle = (): boolean =>
  settings.useThreads === null ? !isMainThread || running > 1 : !settings.useThreads

/**
 * Runs one call of the library, whose work counts together. A call that gets all threads is not followed: Node runs
 * every promise of the process through its hooks once anything is.
 */
export async function asCall<T>(work: () => Promise<T>): Promise<T> {
  running++
  try {
    return await (isSingle() ? calls.run({ last: Promise.resolve() }, work) : work())
  } finally {
    running--
  }
}

/** A pool that gives one thread or all of them to a call, as `blosc.useThreads` says. */
class ScheduledPool extends WorkerPool {
  override read(...[job, options]: Parameters<CodecExecutor['read']>): ReturnType<CodecExecutor['read']> {
    return this.#scheduled((scheduled) => super.read(job, scheduled), options)
  }

  override readVlen(
    ...[job, options]: Parameters<CodecExecutor['readVlen']>
  ): ReturnType<CodecExecutor['readVlen']> {
    return this.#scheduled((scheduled) => super.readVlen(job, scheduled), options)
  }

  override write(...[job, options]: Parameters<CodecExecutor['write']>): ReturnType<CodecExecutor['write']> {
    return this.#scheduled((scheduled) => super.write(job, scheduled), options)
  }

  override writeVlen(
    ...[job, options]: Parameters<CodecExecutor['writeVlen']>
  ): ReturnType<CodecExecutor['writeVlen']> {
    return this.#scheduled((scheduled) => super.writeVlen(job, scheduled), options)
  }

  async #scheduled<T>(run: (options: RunOptions) => Promise<T>, options: RunOptions = {}): Promise<T> {
    if (!isSingle()) return run(options)
    const call = calls.getStore() ?? alone
    // The parts of one call follow each other.
    const part = call.last.then(() => run({ ...options, maxWorkers: 1 }))
    call.last = part.catch(() => undefined)
    return part
  }
}
