import type { Engine } from '@engine/session/engine'
import type { HostServices } from '../host-services'
import type { Sessions } from '../sessions'

/** What a window gives to a job it starts. */
export interface JobContext {
  readonly engine: Engine
  readonly host: HostServices
  readonly sessions: Sessions
}
