import { useDebouncedValue } from '@mantine/hooks'
import type { AccessPattern, ChunkCandidate, ChunkTrials } from '@shared/model/trials'
import { dimensionPatterns, presetPatterns } from '@shared/trials/preset-patterns'
import { settingText } from '@shared/trials/setting-text'
import { useMemo, useState } from 'react'
import { useRequest } from '../rpc/use-request'
import { Empty, ErrorNote } from '../ui/states'
import { ChunkTable } from './chunk-table'
import type { LabProps } from './lab-props'
import { layoutKey, withTrial, type MeasuredRow } from './layout-rows'
import { runLayouts, stopLayouts, trialKey, type LayoutRequest } from './layout-run'
import { MeasureBar } from './measure-bar'
import { PatternCosts } from './pattern-costs'
import { draftOf, parsePattern, type PatternDraft } from './pattern-drafts'
import { PatternEditor } from './pattern-editor'
import { shapeProblem, shapesOf } from './shape-drafts'
import { ShapeEditor } from './shape-editor'
import { SuggestionView } from './suggestion-view'
import classes from './tune.module.css'

/** Typing settles before it is asked about; what was asked before is withdrawn. */
const SETTLE_MS = 150

/** What chunk shapes cost for the ways the array is read, while they are typed; measured on a copy when asked for. */
export function ChunkLabContainer({ node, store, array, tune }: LabProps) {
  const state = tune()
  const { chosen, layout, typedShape, shapes, generated, layoutRun, layoutError, copyMiB } = state
  const drafts = state.patterns ?? presetPatterns(array).map((pattern, i) => draftOf(pattern, i + 1))
  const parsed = drafts.map((draft) => parsePattern(draft, array))
  const patterns = parsed.flatMap(({ pattern }) => pattern ?? [])
  const typed = shapesOf([typedShape, ...shapes], array.shape.length)
  const input = useSettled({ patterns, shapes: typed, generated, ratio: chosen?.ratio ?? null })
  const place = { store: store.id, path: node.path }
  const asked = array.shape.length > 0 && input.patterns.length > 0 ? { ...place, ...requestOf(input) } : null
  const { data, status, error, retry } = useRequest('trials.chunks', asked)
  const trials = useKept(data)

  const codec = chosen && !chosen.present ? settingText(chosen.setting) : undefined
  const requestFor = (row: Pick<MeasuredRow, 'chunks' | 'shards'>): LayoutRequest => ({
    chunks: row.chunks,
    shards: row.shards,
    patterns: input.patterns,
    codec,
    budgetBytes: Math.round(copyMiB * 2 ** 20),
  })
  const rows = (trials?.rows ?? []).map((row) =>
    withTrial(row, state.layoutTrials[trialKey(requestFor(row))]),
  )
  const usable = rows.filter(({ refused, varied }) => refused === undefined && !varied)
  const present = rows.find((row) => row.present)
  const detail = (layout && rows.find(({ key }) => key === layoutKey(layout))) ?? present
  const choose = ({
    chunks,
    shards,
    present: isPresent,
  }: Pick<MeasuredRow, 'chunks' | 'shards' | 'present'>): void =>
    tune.setState({ layout: { chunks, shards, present: isPresent } })
  const measure = (wanted: readonly MeasuredRow[]): void =>
    void runLayouts(tune, place, wanted.map(requestFor))
  const setPatterns = (next: PatternDraft[]): void => tune.setState({ patterns: next })

  if (array.shape.length === 0)
    return (
      <Empty title="No dimensions">
        An array without dimensions is one chunk of one item: there is nothing to choose.
      </Empty>
    )
  return (
    <div className={classes['lab']}>
      <PatternEditor
        drafts={drafts}
        parsed={parsed}
        known={dimensionPatterns(array)}
        onChange={setPatterns}
        onReset={() => tune.setState({ patterns: null })}
      />
      <ShapeEditor
        typed={typedShape}
        problem={shapeProblem(typedShape, array.shape.length)}
        shapes={shapes}
        generated={generated}
        sharded={node.zarrFormat === 3}
        onTyped={(text) => tune.setState({ typedShape: text })}
        onShapes={(next) => tune.setState({ shapes: next })}
        onKeep={() => tune.setState({ typedShape: '', shapes: [...new Set([typedShape.trim(), ...shapes])] })}
        onGenerated={(next) => tune.setState({ generated: next })}
      />
      {status === 'error' && <ErrorNote error={error} onRetry={retry} compact />}
      {trials?.suggestion && (
        <SuggestionView
          reason={trials.suggestion.reason}
          onUse={() => {
            const { chunks, shards } = trials.suggestion!
            const row = rows.find(({ key }) => key === layoutKey({ chunks, shards }))
            choose(row ?? { chunks, shards, present: false })
          }}
        />
      )}
      {array.readable && (
        <MeasureBar
          run={layoutRun}
          error={layoutError}
          copyMiB={copyMiB}
          waiting={usable.filter(({ trial }) => !trial).length}
          codecs={chosen && !chosen.present ? chosen.name : null}
          onCopyMiB={(value) => tune.setState({ copyMiB: value })}
          onMeasure={() => measure(usable)}
          onCancel={() => stopLayouts(tune)}
        />
      )}
      {[...(trials?.notes ?? []), ...(detail?.trial?.notes ?? [])].map((note) => (
        <p key={note} className={classes['note']}>
          {note}
        </p>
      ))}
      <ChunkTable
        rows={rows}
        typedKeys={new Set(typed.length > 0 && !generated ? [] : keysOf(rows, typed, array.shape))}
        chosen={layout}
        sort={state.chunkSort}
        measuring={layoutRun?.key ?? null}
        keyOf={(row) => trialKey(requestFor(row))}
        onSort={(sort) => tune.setState({ chunkSort: sort })}
        onChoose={choose}
        onMeasure={array.readable ? (row) => measure([row]) : null}
      />
      {trials && usable.some(({ estimated }) => estimated) && (
        <p className={classes['note']}>{ratioWords(trials, chosen?.name)}</p>
      )}
      {detail && <PatternCosts row={detail} />}
    </div>
  )
}

interface Asked {
  patterns: AccessPattern[]
  shapes: ChunkCandidate[]
  generated: boolean
  /** Null: what the store has now. */
  ratio: number | null
}

/** The same value once it has rested; equal ones are the same object. */
function useSettled(asked: Asked): Asked {
  const [text] = useDebouncedValue(JSON.stringify(asked), SETTLE_MS)
  return useMemo(() => JSON.parse(text) as Asked, [text])
}

const requestOf = ({ patterns, shapes, generated, ratio }: Asked) => ({
  patterns,
  shapes,
  generated,
  ...(ratio === null ? {} : { ratio }),
})

/** The last answer stays while the next one is on its way. */
function useKept(data: ChunkTrials | undefined): ChunkTrials | undefined {
  const [kept, setKept] = useState(data)
  if (data && kept !== data) setKept(data)
  return data ?? kept
}

/** Keys of the rows that come from typed shapes. */
function keysOf(
  rows: readonly MeasuredRow[],
  typed: readonly ChunkCandidate[],
  shape: readonly number[],
): string[] {
  const named = new Set(
    typed.map(({ chunks, shards }) => {
      const whole = shape.map((length, k) => chunks[k] ?? Math.max(1, length))
      return layoutKey({ chunks: whole, shards: shards ? shards.map((s, k) => s ?? shape[k] ?? 1) : null })
    }),
  )
  return rows.filter(({ key, refused }) => refused !== undefined || named.has(key)).map(({ key }) => key)
}

function ratioWords({ ratio, ratioFrom }: ChunkTrials, codec: string | undefined): string {
  const what = `Bytes read marked ~ are estimates with a ratio of ${ratio.toPrecision(3)}`
  if (ratioFrom === 'given') return `${what}, which ${codec ?? 'the codec'} had on the sample.`
  return ratioFrom === 'sample'
    ? `${what}, which stored chunks have now.`
    : `${what}: no stored chunk tells a better one.`
}
