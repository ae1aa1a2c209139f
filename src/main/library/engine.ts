import { availableParallelism } from 'node:os'
import { createEngine, type Engine } from '@engine/session/engine'

/** As in the tutorial: at most four threads unless more are asked for. */
export const DEFAULT_THREADS = Math.min(4, availableParallelism())

let engine: Engine | undefined

/** Workers and cache of this process; made on first use. Idle workers do not keep the process running. */
export function libraryEngine(): Engine {
  engine ??= createEngine({ workers: DEFAULT_THREADS })
  return engine
}
