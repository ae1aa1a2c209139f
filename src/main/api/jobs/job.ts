import { AbortedError, isAborted, toErrorBody } from '@shared/errors'
import type { JobInfo, JobSpec } from '@shared/model/jobs'
import type { JobControl, Place, PreparedJob } from './prepared-job'
import { Rate } from './rate'
import type { Turns } from './turns'

type Facts = Omit<JobInfo, 'rate' | 'secondsLeft' | 'result'>

/** One job from its start to its end. It never rejects: how it went is in its facts. */
export class Job {
  readonly id: number
  /** What can be opened, once it is done. */
  place: Place | undefined
  private facts: Facts
  private readonly prepared: PreparedJob
  private readonly changed: () => void
  private readonly abort = new AbortController()
  private readonly rate = new Rate()
  private resumed: (() => void) | undefined
  private pausing: Promise<void> | undefined
  /** Gives the turn back, while the job has it. */
  private yieldTurn: (() => void) | undefined
  private takingTurn: Promise<void> | undefined
  private readonly turns: Turns

  /** `changed` is called whenever the facts are others. */
  constructor(
    id: number,
    spec: JobSpec,
    { prepared, turns, changed }: { prepared: PreparedJob; turns: Turns; changed: () => void },
  ) {
    this.id = id
    this.turns = turns
    this.prepared = prepared
    this.changed = changed
    this.facts = {
      id,
      spec,
      label: prepared.label,
      state: 'running',
      phase: 'waiting for other jobs',
      done: 0,
      total: null,
      unit: prepared.unit,
      startedAt: Date.now(),
      endedAt: null,
      message: null,
    }
  }

  get isOver(): boolean {
    return this.facts.endedAt !== null
  }

  get info(): Omit<JobInfo, 'result'> {
    const { total, done, state } = this.facts
    const rate = state === 'running' ? this.rate.perSecond : null
    const secondsLeft = rate !== null && rate > 0 && total !== null ? (total - done) / rate : null
    return { ...this.facts, rate, secondsLeft }
  }

  /** Runs when it is its turn. */
  async run(): Promise<void> {
    try {
      await this.takeTurn()
      const { message, place, arrays, problems } = await this.prepared.run(this.control())
      this.place = place
      const { total, done } = this.facts
      this.end('done', message, {
        done: total ?? done,
        ...(arrays && { arrays }),
        ...(problems && { problems }),
      })
    } catch (error) {
      const aborted = this.abort.signal.aborted || isAborted(error)
      const why = aborted ? 'It was cancelled.' : toErrorBody(error).message
      this.end(aborted ? 'cancelled' : 'failed', `${why} ${this.prepared.left()}`)
    } finally {
      this.giveTurn()
      await this.prepared.close()
    }
  }

  pause(): void {
    if (this.facts.state !== 'running') return
    this.pausing ??= new Promise((resolve) => (this.resumed = resolve))
    this.set({ state: 'paused' })
    this.giveTurn()
  }

  resume(): void {
    if (this.facts.state !== 'paused') return
    this.rate.clear()
    this.set({ state: 'running' })
    this.letGo()
  }

  cancel(): void {
    if (this.isOver) return
    this.abort.abort(new AbortedError('The job was cancelled.'))
    this.letGo()
    this.set({ phase: 'stopping' })
  }

  private control(): JobControl {
    const { signal } = this.abort
    return {
      signal,
      gate: async () => {
        await this.pausing
        if (signal.aborted) throw new AbortedError()
        await this.takeTurn()
      },
      report: ({ phase, done, total }) => {
        if (this.isOver) return
        if (phase !== this.facts.phase && done < this.facts.done) this.rate.clear()
        this.rate.add(done, performance.now())
        this.set({ done, total: total > 0 ? total : null, ...(signal.aborted ? {} : { phase }) })
      },
    }
  }

  /** Others may be at work while this job is paused; then it waits for them. */
  private async takeTurn(): Promise<void> {
    if (this.yieldTurn) return
    this.takingTurn ??= this.turns.take(this.abort.signal).then((give) => {
      this.yieldTurn = give
    })
    await this.takingTurn
  }

  private giveTurn(): void {
    this.yieldTurn?.()
    this.yieldTurn = undefined
    this.takingTurn = undefined
  }

  private letGo(): void {
    this.resumed?.()
    this.resumed = undefined
    this.pausing = undefined
  }

  private end(state: JobInfo['state'], message: string, more: Partial<Facts> = {}): void {
    this.set({ ...more, state, message, phase: '', endedAt: Date.now() })
  }

  private set(change: Partial<Facts>): void {
    this.facts = { ...this.facts, ...change }
    this.changed()
  }
}
