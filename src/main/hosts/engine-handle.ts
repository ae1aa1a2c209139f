import type { Handlers } from '@shared/rpc/handlers'
import type { HostServices } from '../api/host-services'

/** The running engine as a host needs it. The entries make it, so that hosts know neither sessions nor workers. */
export interface EngineHandle {
  /** Codec workers. */
  readonly workers: number
  /** The contract's procedures for one connected window. */
  readonly client: (host: HostServices) => EngineClient
  /** The window of these services is gone for good: its jobs are cancelled. */
  readonly abandon: (host: HostServices) => Promise<void>
  /** Cancels all jobs, closes all stores and ends the workers. */
  readonly close: () => Promise<void>
}

export interface EngineClient {
  readonly handlers: Handlers
  /** Closes the stores this window opened. */
  readonly close: () => Promise<void>
}
