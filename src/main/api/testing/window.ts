import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FileRef } from '@shared/model/edits'
import type { JobInfo, JobSpec } from '@shared/model/jobs'
import type { Input, Method, Output, Progress } from '@shared/rpc/contract'
import type { Handlers } from '@shared/rpc/handlers'
import { InlineExecutor } from '@engine/pool/inline'
import { createEngine } from '@engine/session/engine'
import { createHandlers } from '../handlers'
import type { HostServices } from '../host-services'
import { JobLists } from '../jobs/job-lists'
import { testHost } from './host'

/** A window without a screen: procedures over a real engine, and a folder of its own whose paths are tickets. */
export interface TestWindow {
  folder: string
  call: <M extends Method>(method: M, input: Input<M>, options?: CallOptions<M>) => Promise<Output<M>>
  /** Opens a store of the folder and gives its id. */
  open: (name: string) => Promise<string>
  file: (name: string) => FileRef
  /** Starts a job and waits until it is over. */
  job: (spec: JobSpec) => Promise<JobInfo>
  /** The jobs as a window is told of them now. */
  jobs: () => Promise<JobInfo[]>
  /** Waits until the jobs are as wished. */
  jobsUntil: (wished: (jobs: JobInfo[]) => boolean) => Promise<JobInfo[]>
  /** Another page of the same window. */
  reload: () => Promise<TestWindow>
  end: () => Promise<void>
}

interface CallOptions<M extends Method> {
  signal?: AbortSignal
  onProgress?: (report: Progress<M>) => void
}

/** `host` are the services of the host that differ from those of `testHost`. */
export function testWindow(options: { readOnly?: boolean; host?: Partial<HostServices> } = {}): TestWindow {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'zarrscope-window-')))
  const engine = createEngine({ executor: new InlineExecutor() })
  const lists = new JobLists()
  const host = { ...testHost(folder, options.readOnly), ...options.host }
  const page = (): TestWindow => {
    const { handlers, close } = createHandlers(engine, host, lists)
    return {
      ...methods(folder, handlers),
      reload: async () => {
        await close()
        return page()
      },
      end: async () => {
        await lists.close()
        await close()
        await engine.close()
        rmSync(folder, { recursive: true, force: true })
      },
    }
  }
  return page()
}

function methods(folder: string, handlers: Handlers): Omit<TestWindow, 'reload' | 'end'> {
  const call: TestWindow['call'] = async (method, input, options = {}) =>
    handlers[method](input, {
      signal: options.signal ?? new AbortController().signal,
      progress: (report) => options.onProgress?.(report as never),
    })
  const jobsUntil: TestWindow['jobsUntil'] = async (wished) => {
    const abort = new AbortController()
    let last: JobInfo[] = []
    await call(
      'jobs.watch',
      {},
      {
        signal: abort.signal,
        onProgress: (jobs) => {
          last = jobs
          if (wished(jobs)) abort.abort()
        },
      },
    )
    return last
  }
  return {
    folder,
    call,
    jobsUntil,
    jobs: () => jobsUntil(() => true),
    open: async (name) => (await call('store.open', { ticket: join(folder, name) })).id,
    file: (name) => ({ ticket: join(folder, name), path: join(folder, name) }),
    job: async (job) => {
      const { id } = await call('jobs.start', { job })
      const isOver = (one: JobInfo): boolean => one.id === id && one.endedAt !== null
      return (await jobsUntil((jobs) => jobs.some(isOver))).find(isOver)!
    },
  }
}
