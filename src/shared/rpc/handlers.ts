import type { Method, Output, Progress, ValidInput } from './contract'

/** What a handler gets besides its validated input. */
export interface CallContext<M extends Method = Method> {
  /** Aborted when the caller cancels and when its port closes. */
  readonly signal: AbortSignal
  /**
   * Reports to the caller; never blocks. A slow client gets every report of a procedure that delivers parts, and only
   * the newest of one that delivers snapshots. Reports after the abort or the answer go nowhere.
   */
  readonly progress: (report: Progress<M>) => void
}

/** One implementation for every procedure of the contract. */
export type Handlers = {
  [M in Method]: (input: ValidInput<M>, context: CallContext<M>) => Promise<Output<M>> | Output<M>
}
