/**
 * What the screens have asked of the host: one entry per question, shared by everybody who asks it, aborted when the
 * last of them leaves, kept afterwards while there is room. Views read it through `useRequest`.
 */
import { isAborted } from '@shared/errors'
import type { Input, Method, Output, Progress } from '@shared/rpc/contract'
import { endJob, startJob } from '../state/jobs'
import { call, useConnection } from './connection'

export interface Snapshot<M extends Method> {
  status: 'loading' | 'done' | 'error' | 'cancelled'
  /** Kept while the same question is asked again, so that nothing jumps. */
  data: Output<M> | undefined
  progress: Progress<M> | undefined
  error: unknown
}

/** Bytes of answers kept after nobody looks at them any more. */
const KEPT_BYTES = 96 * 2 ** 20
/** Leaving and coming back within this time (a re-mount, a switch of tabs) does not abort. */
const GRACE_MS = 50

class Request<M extends Method> {
  readonly key: string
  readonly method: M
  readonly input: Input<M>
  job: string | undefined
  private state: Snapshot<M> = { status: 'loading', data: undefined, progress: undefined, error: undefined }
  private readonly listeners = new Set<() => void>()
  private abort: AbortController | null = null
  private leaving: ReturnType<typeof setTimeout> | undefined
  private generation = -1

  constructor(key: string, method: M, input: Input<M>) {
    this.key = key
    this.method = method
    this.input = input
  }

  get watched(): boolean {
    return this.listeners.size > 0
  }

  readonly snapshot = (): Snapshot<M> => this.state

  readonly subscribe = (listener: () => void): (() => void) => {
    clearTimeout(this.leaving)
    this.listeners.add(listener)
    const stale = this.generation !== useConnection.getState().generation
    if (!this.abort && (stale || this.state.status === 'loading')) this.start()
    return () => {
      this.listeners.delete(listener)
      if (this.listeners.size === 0) this.leaving = setTimeout(() => this.left(), GRACE_MS)
    }
  }

  readonly start = (): void => {
    this.abort?.abort()
    const abort = new AbortController()
    this.abort = abort
    this.generation = useConnection.getState().generation
    const job = this.job === undefined ? undefined : startJob({ name: this.job, cancel: () => this.cancel() })
    this.set({ status: 'loading', progress: undefined, error: undefined })
    call(this.method, this.input, {
      signal: abort.signal,
      onProgress: (progress) => {
        if (this.abort === abort) this.set({ progress })
      },
    })
      .then(
        (data) => {
          if (this.abort === abort) this.finish({ status: 'done', data, progress: undefined })
        },
        (error: unknown) => {
          if (this.abort !== abort) return
          this.finish(isAborted(error) ? { status: 'cancelled' } : { status: 'error', error })
        },
      )
      .finally(() => {
        if (job !== undefined) endJob(job)
      })
  }

  /** Withdraws the question; the last progress stays to be seen. */
  readonly cancel = (): void => {
    if (!this.abort) return
    this.abort.abort()
    this.finish({ status: 'cancelled' })
  }

  private left(): void {
    if (this.abort) {
      this.abort.abort()
      this.abort = null
      requests.delete(this.key)
    } else if (this.state.status === 'done') keep(this)
    else requests.delete(this.key)
  }

  private finish(change: Partial<Snapshot<M>>): void {
    this.abort = null
    this.set(change)
  }

  private set(change: Partial<Snapshot<M>>): void {
    this.state = { ...this.state, ...change }
    for (const listener of this.listeners) listener()
  }
}

export type { Request }

const requests = new Map<string, Request<Method>>()

/** The entry of a question; made when nobody asked it before. */
export function requestOf<M extends Method>(method: M, input: Input<M>, job?: string): Request<M> {
  const key = `${method} ${JSON.stringify(input)}`
  const known = requests.get(key) as Request<M> | undefined
  const request = known ?? new Request(key, method, input)
  if (!known) requests.set(key, request)
  if (job !== undefined) request.job = job
  return request
}

/**
 * Forgets every answer about a store (all stores without an argument), or only those about some of its nodes and the
 * groups above them, or only those of some procedures; what is on screen is asked again.
 */
export function invalidate(store?: string, paths?: readonly string[], methods?: readonly Method[]): void {
  for (const [key, request] of requests) {
    const { store: of, path } = request.input as { store?: string; path?: string }
    if (store !== undefined && of !== store) continue
    if (methods && !methods.includes(request.method)) continue
    if (paths && path !== undefined && !paths.some((changed) => isAtOrAbove(path, changed))) continue
    if (request.watched) request.start()
    else requests.delete(key)
  }
}

const isAtOrAbove = (path: string, changed: string): boolean =>
  path === '' || changed === path || changed.startsWith(`${path}/`)

const weigh = (request: Request<Method>): number => {
  const data = request.snapshot().data
  if (!data || typeof data !== 'object') return 20_000
  const values: unknown[] = Object.values(data)
  return values.reduce<number>((n, v) => n + (ArrayBuffer.isView(v) ? v.byteLength : 0), 20_000)
}

/** Moves an answer to the young end and drops unwatched ones from the old end until they fit. */
function keep<M extends Method>(request: Request<M>): void {
  const kept = request as unknown as Request<Method>
  requests.delete(request.key)
  requests.set(request.key, kept)
  let bytes = 0
  for (const one of requests.values()) bytes += weigh(one)
  for (const [key, one] of requests) {
    if (bytes <= KEPT_BYTES) return
    if (one.watched || one === kept) continue
    bytes -= weigh(one)
    requests.delete(key)
  }
}
