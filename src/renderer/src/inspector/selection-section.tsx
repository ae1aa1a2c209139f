import { Button } from '@mantine/core'
import type { SelectionStatistics } from '@shared/model/statistics'
import type { DimSlice } from '@shared/selection/selection'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useRequest } from '../rpc/use-request'
import type { CellSelection } from '../state/selection'
import { formatCount, formatShare } from '../ui/format'
import { Cancelled, ErrorNote } from '../ui/states'
import classes from './inspector.module.css'
import { Fact, Facts, Section } from './section'

/** Statistics of more cells than this are computed only on request: every chunk under them has to be read. */
const AT_ONCE = 5_000_000

const cellsIn = (dims: readonly DimSlice[]): number => dims.reduce((n, d) => n * d.count, 1)

/** The active selected region: count, extremes, mean, sum, as the engine computes them. */
export function SelectionSection({ selection }: { selection: CellSelection }) {
  const dims = selection.ranges.at(-1) ?? []
  const cells = cellsIn(dims)
  const key = JSON.stringify(dims)
  const [rested] = useDebouncedValue(key, 200)
  if (cells <= 1) return null
  return (
    <Section title="Selection">
      <Facts>
        <Fact name="cells">{formatCount(cells)}</Fact>
        {selection.ranges.length > 1 && (
          <Fact name="regions">{formatCount(selection.ranges.length)}, the last one counts</Fact>
        )}
      </Facts>
      {rested === key && (
        <Statistics
          key={key}
          store={selection.store}
          path={selection.path}
          dims={dims}
          large={cells > AT_ONCE}
        />
      )}
    </Section>
  )
}

function Statistics(props: { store: string; path: string; dims: DimSlice[]; large: boolean }) {
  const [asked, setAsked] = useState(!props.large)
  const { store, path, dims } = props
  const { status, data, progress, error, retry, cancel } = useRequest(
    'array.statistics',
    asked ? { store, path, dims } : null,
    { job: `Statistics of /${path}` },
  )
  if (!asked) {
    return (
      <Button size="compact-xs" variant="default" onClick={() => setAsked(true)}>
        Compute statistics
      </Button>
    )
  }
  return (
    <>
      {data && <StatisticsFacts data={data} />}
      {status === 'loading' && !data && (
        <div className={classes['working']} role="status">
          <span>
            {progress && progress.total > 0
              ? `Reading, ${formatShare(progress.done, progress.total)}`
              : 'Reading…'}
          </span>
          <Button size="compact-xs" variant="default" onClick={cancel}>
            Cancel
          </Button>
        </div>
      )}
      {status === 'cancelled' && <Cancelled what="The computation" onRetry={retry} />}
      {status === 'error' && <ErrorNote error={error} onRetry={retry} compact />}
    </>
  )
}

function StatisticsFacts({ data }: { data: SelectionStatistics }) {
  return (
    <Facts>
      {data.min !== null && <Fact name="min">{data.min}</Fact>}
      {data.max !== null && <Fact name="max">{data.max}</Fact>}
      {data.mean !== null && <Fact name="mean">{data.mean}</Fact>}
      {data.sum !== null && <Fact name="sum">{data.sum}</Fact>}
      <Fact name="NaN">{formatCount(data.nans)}</Fact>
      <Fact name="from missing chunks">{formatCount(data.missing)}</Fact>
      {data.distinct !== undefined && (
        <Fact name="distinct">{data.distinct >= 10_000 ? '10,000 or more' : formatCount(data.distinct)}</Fact>
      )}
    </Facts>
  )
}
