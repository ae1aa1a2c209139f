import type { Tally } from '@shared/model/plots'
import type { Operation } from './operation'
import { countEdges, countWhole, type EdgeBins, type WholeBins } from './reductions/bins'
import { countDigits, type DigitCounts } from './reductions/digits'
import { extentOf, type Extent } from './reductions/extent'
import { addToLine, type LineAccumulator } from './reductions/line'
import { usableNumbers, type NumberItems } from './reductions/usable'

export type Accumulator = LineAccumulator | EdgeBins | WholeBins | DigitCounts

/**
 * Numbers to add up. Accumulators lie on shared memory, so that nothing is merged afterwards: no two jobs with the
 * same one may run at the same time.
 */
export interface ReduceJob {
  items: NumberItems
  into: Accumulator[]
}

export interface Reduced {
  extent: Extent
  tally: Tally
}

/** Looks at every number once and adds it to each accumulator. */
export const reduce: Operation<ReduceJob, Reduced> = {
  duration: 'any',
  tasks: () => 1,
  bind: ({ items, into }) => ({
    run() {
      const found = usableNumbers(items)
      for (const one of into) {
        if (one.kind === 'line') addToLine(one, items, found)
        else if (one.kind === 'edges') countEdges(one, found)
        else if (one.kind === 'whole') countWhole(one, found)
        else countDigits(one, found)
      }
      return { extent: extentOf(found), tally: found.tally }
    },
  }),
}
