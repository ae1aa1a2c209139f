import type { Handlers } from '@shared/rpc/handlers'
import type { Engine } from '@engine/session/engine'
import { arrayHandlers } from './array-handlers'
import { creationHandlers } from './creation-handlers'
import { editHandlers } from './edit-handlers'
import { hostHandlers } from './host-handlers'
import type { HostServices } from './host-services'
import { jobHandlers } from './job-handlers'
import { JobLists } from './jobs/job-lists'
import { nodeHandlers } from './node-handlers'
import { Sessions } from './sessions'
import { storeHandlers } from './store-handlers'
import { trialHandlers } from './trial-handlers'

/**
 * Every procedure of the contract over one engine, for one host or window, with the stores it opens. Inputs are
 * validated before they come here; the signal of each call is passed down to the last read. Closing it closes its stores;
 * jobs go on.
 */
export function createHandlers(
  engine: Engine,
  host: HostServices,
  jobs = new JobLists(),
): { handlers: Handlers; close: () => Promise<void> } {
  const sessions = new Sessions()
  const handlers = {
    ...hostHandlers(host, sessions),
    ...storeHandlers(engine, host, sessions),
    ...nodeHandlers(sessions),
    ...creationHandlers(engine, host, sessions),
    ...arrayHandlers(sessions),
    ...trialHandlers(sessions),
    ...editHandlers(host, sessions),
    ...jobHandlers(jobs.of(host), { engine, host, sessions }),
  }
  return { handlers, close: () => sessions.closeAll() }
}
