import type { Handlers } from '@shared/rpc/handlers'
import { createEngine } from '@engine/session/engine'
import { createHandlers } from './handlers'
import type { HostServices } from './host-services'
import { JobLists } from './jobs/job-lists'

/** A running engine as hosts use it. */
export interface RunningEngine {
  /** Codec workers. */
  readonly workers: number
  /** The contract's procedures for one connected window; `close` closes the stores that it opened. */
  readonly client: (host: HostServices) => { handlers: Handlers; close: () => Promise<void> }
  /** The window of these services is gone for good: its jobs are cancelled. */
  readonly abandon: (host: HostServices) => Promise<void>
  /** Cancels all jobs, closes all stores and ends the workers. */
  readonly close: () => Promise<void>
}

/**
 * Starts the engine for a host, which keeps staged edits in the state folder; `workers` are codec workers, by default one
 * per core.
 */
export async function runEngine(stateFolder: string, workers?: number): Promise<RunningEngine> {
  const engine = createEngine({ stateFolder, ...(workers === undefined ? {} : { workers }) })
  const jobs = new JobLists()
  const clients = new Set<{ close: () => Promise<void> }>()
  return {
    workers: engine.executor.workers,
    client: (host) => {
      const { handlers, close } = createHandlers(engine, host, jobs)
      const client = {
        handlers,
        close: async () => {
          clients.delete(client)
          await close()
        },
      }
      clients.add(client)
      return client
    },
    abandon: (host) => jobs.abandon(host),
    close: async () => {
      await jobs.close()
      await Promise.all([...clients].map((client) => client.close()))
      await engine.close()
    },
  }
}
