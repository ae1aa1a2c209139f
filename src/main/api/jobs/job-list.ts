import { UsageError } from '@shared/errors'
import type { JobInfo, JobSpec } from '@shared/model/jobs'
import type { JobContext } from './job-context'
import { Job } from './job'
import { prepareJob } from './prepare'
import type { Place } from './prepared-job'
import { withStores } from './spec-stores'
import { Turns } from './turns'

/** Jobs at work at a time: each holds some hundred megabytes, and they share the same threads. */
const AT_ONCE = 2
/** Ended jobs that are kept for the list. */
const MAX_ENDED = 50
/** Between two reports to a window. */
const REPORT_MS = 150

/** A job as the list keeps it; what can be opened is told to each window in its own words. */
export interface ListedJob extends Omit<JobInfo, 'result'> {
  place: Place | undefined
}

/** The jobs of one window, or of all windows of a host that shows the same list to them. */
export class JobList {
  private readonly jobs = new Map<number, Job>()
  private readonly running = new Set<Promise<void>>()
  private readonly turns = new Turns(AT_ONCE)
  private readonly listeners = new Set<(jobs: ListedJob[]) => void>()
  private timer: NodeJS.Timeout | undefined
  private lastId = 0

  /** Newest first. */
  get all(): ListedJob[] {
    return [...this.jobs.values()].map((job) => ({ ...job.info, place: job.place })).reverse()
  }

  /** Calls with the list now and after changes, until the returned function is called. */
  watch(listener: (jobs: ListedJob[]) => void): () => void {
    this.listeners.add(listener)
    listener(this.all)
    return () => void this.listeners.delete(listener)
  }

  /** Checks a job and starts it. Throws what is wrong with it; nothing was written then. */
  async start(spec: JobSpec, context: JobContext): Promise<{ id: number }> {
    const prepared = await prepareJob(spec, context)
    const { turns } = this
    // Windows come and go, and with them the names they have for a store; its path stays.
    const lasting = withStores(spec, (store) => context.sessions.get(store).storePath)
    const job = new Job(++this.lastId, lasting, { prepared, turns, changed: () => this.report() })
    this.jobs.set(job.id, job)
    const running: Promise<void> = job.run().finally(() => {
      this.running.delete(running)
      this.trim()
      this.report()
    })
    this.running.add(running)
    this.report()
    return { id: job.id }
  }

  /** Throws UsageError for a job that is not there. */
  get(id: number): Job {
    const job = this.jobs.get(id)
    if (!job) throw new UsageError('There is no such job any more.')
    return job
  }

  /** Takes an ended job off the list. */
  forget(id: number): void {
    if (!this.get(id).isOver) throw new UsageError('The job is still at work; cancel it first.')
    this.jobs.delete(id)
    this.report()
  }

  /** Cancels everything and waits until it has stopped. */
  async close(): Promise<void> {
    for (const job of this.jobs.values()) job.cancel()
    await Promise.all(this.running)
    clearTimeout(this.timer)
  }

  private trim(): void {
    const ended = [...this.jobs.values()].filter((job) => job.isOver)
    for (const { id } of ended.slice(0, Math.max(0, ended.length - MAX_ENDED))) this.jobs.delete(id)
  }

  private report(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      const { all } = this
      for (const listener of this.listeners) listener(all)
    }, REPORT_MS)
  }
}
