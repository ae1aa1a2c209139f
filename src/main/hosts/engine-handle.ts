import type { Handlers } from '@shared/rpc/handlers'
import type { HostServices } from '../api/host-services'

/** The running engine as a host needs it. The entries make it, so that hosts know neither sessions nor workers. */
export interface EngineHandle {
  /** Codec workers. */
  readonly workers: number
  /** The contract's procedures over this engine, for one host or one window. */
  readonly handlers: (host: HostServices) => Handlers
  /** Closes stores and ends the workers. */
  readonly close: () => Promise<void>
}
