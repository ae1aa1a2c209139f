import { useDebouncedValue } from '@mantine/hooks'
import type { SampleRequest, SampleTrial } from '@shared/model/trials'
import { useEffect, useMemo } from 'react'
import { useRequest } from '../rpc/use-request'
import { ErrorNote } from '../ui/states'
import { CandidatePicker } from './candidate-picker'
import { candidatesOf, matrixOf, presetSettings, textsOf } from './candidate-choice'
import { missingCandidates, resultsKey, type ShownRow, shownRows } from './codec-results'
import { runCodecs, stopCodecs } from './codec-run'
import { CodecScatter } from './codec-scatter'
import { CodecTable } from './codec-table'
import { factsOf, type LabProps } from './lab-props'
import { RunBar } from './run-bar'
import { SampleControls } from './sample-controls'
import { SuggestionView } from './suggestion-view'
import type { ChosenSetting, SampleSettings } from './tune-state'
import classes from './tune.module.css'

/** Fewer trials than this contract takes in one call. */
const MOST_CANDIDATES = 1000
/** Changes of sample and candidates settle before trials follow them. */
const SETTLE_MS = 400

const sampleRequest = ({ chunks, budgetMiB, seed }: SampleSettings): SampleRequest => ({
  chunks,
  budgetBytes: Math.round(budgetMiB * 2 ** 20),
  seed,
})

/** Candidates tried on a sample of the array's chunks: what to try, what came out, and how the results lie. */
export function CodecLabContainer({ node, store, array, tune }: LabProps) {
  const { sample: settings, results, codecRun, codecError, codecSort, following, chosen, matrixOpen } = tune()
  const choice = candidatesOf(tune(), { node, array })
  const texts = useMemo(() => textsOf(choice, { node, array }), [choice, node, array])
  const [rested] = useDebouncedValue(settings, 300)
  const request = sampleRequest(rested)
  const place = { store: store.id, path: node.path }
  const sample = useRequest('trials.sample', array.readable ? { ...place, sample: request } : null)
  const key = sample.data ? resultsKey(sample.data, array) : null
  const known = (key !== null && results[key]) || NO_ROWS
  const { rows, suggestion } = useMemo(() => shownRows(texts, known), [texts, known])
  const missing = missingCandidates(texts, known).length
  const why = whyNot(texts.length, sample.data)
  const run = (): void => {
    tune.setState({ following: true })
    void runCodecs(tune, { ...place, array, texts, sample: request })
  }
  useFollowing(
    following && key !== null && missing > 0 && why === undefined,
    `${key ?? ''} ${texts.join()}`,
    run,
  )

  const choose = (row: ShownRow): void => tune.setState({ chosen: chosenOf(row) })
  if (!array.readable) return null
  return (
    <div className={classes['lab']}>
      <SampleControls
        settings={settings}
        sample={sample}
        onChange={(change) => tune.setState({ sample: { ...settings, ...change } })}
      />
      <CandidatePicker
        facts={factsOf({ node, array })}
        choice={choice}
        matrix={matrixOf(choice, { node, array })}
        count={texts.length}
        onPreset={(preset) => tune.setState({ candidates: presetSettings(preset, { node, array }) })}
        onMatrix={(matrix) => tune.setState({ candidates: { ...choice, preset: null, matrix } })}
        onOthers={(others) => tune.setState({ candidates: { ...choice, others } })}
        open={matrixOpen}
        onOpen={(open) => tune.setState({ matrixOpen: open })}
      >
        <RunBar
          what="codec trials"
          run={codecRun}
          waiting={missing}
          measured={rows.length}
          why={why}
          onRun={run}
          onCancel={() => stopCodecs(tune)}
        />
      </CandidatePicker>
      {codecError !== null && <ErrorNote error={codecError} onRetry={run} compact />}
      {suggestion && (
        <SuggestionView
          reason={suggestion.reason}
          onUse={() => {
            const row = rows.find(({ spec }) => spec === suggestion.spec)
            if (row) choose(row)
          }}
        />
      )}
      <div className={classes['results']}>
        <CodecTable
          rows={rows}
          suggested={suggestion?.spec ?? null}
          chosen={chosen}
          sort={codecSort}
          onSort={(sort) => tune.setState({ codecSort: sort })}
          onChoose={choose}
        />
        {rows.some(({ ratio }) => ratio !== null) && (
          <CodecScatter rows={rows} chosen={chosen} onChoose={choose} />
        )}
      </div>
    </div>
  )
}

const NO_ROWS = {}

/** Why nothing can be run now; undefined where it can. */
function whyNot(candidates: number, sample: SampleTrial | undefined): string | undefined {
  if (candidates > MOST_CANDIDATES) return `At most ${MOST_CANDIDATES} candidates are tried at a time.`
  return sample?.sample.coords.length === 0 ? 'No chunk to try anything on.' : undefined
}

const chosenOf = ({ name, setting, ratio, present, warning }: ShownRow): ChosenSetting => ({
  name,
  setting,
  ratio,
  present,
  warning,
})

/** Starts again a while after what is asked for has changed. */
function useFollowing(active: boolean, asked: string, run: () => void): void {
  const [settled] = useDebouncedValue(asked, SETTLE_MS)
  useEffect(() => {
    if (active && settled === asked) run()
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what is asked for says when; `run` is new each time
  }, [active, settled, asked])
}
