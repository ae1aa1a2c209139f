import type { Engine } from '@engine/session/engine'

export interface WarmEngine {
  /** The engine, made on first use; `workers` sets the number of its codec workers. */
  get: (workers: number | undefined) => Promise<Engine>
  close: () => Promise<void>
}

/** One engine for all commands of a process. It is loaded and made only when a command asks for it. */
export function warmEngine(): WarmEngine {
  let made: Promise<Engine> | undefined
  const make = async (workers: number | undefined): Promise<Engine> =>
    (await import('@engine/session/engine')).createEngine(workers === undefined ? {} : { workers })
  return {
    async get(workers) {
      made ??= make(workers)
      const engine = await made
      if (workers !== undefined && engine.executor.workers !== workers)
        await engine.executor.setWorkers(workers)
      return engine
    },
    async close() {
      await (await made)?.close()
    },
  }
}
