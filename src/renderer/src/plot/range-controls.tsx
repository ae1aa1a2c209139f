import { ActionIcon, NativeSelect, SegmentedControl, TextInput, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconPin } from '@tabler/icons-react'
import classes from './plot.module.css'
import type { AutoRange, PlotState } from './plot-state'
import type { PlotSource } from './plot-source'
import type { ScaleKind } from './scale'
import type { RangeAnswer } from './value-range'

const SCALES: { value: ScaleKind; label: string }[] = [
  { value: 'linear', label: 'Linear' },
  { value: 'log', label: 'Log' },
  { value: 'symlog', label: 'Symlog' },
]
const AUTOS: { value: AutoRange; label: string }[] = [
  { value: 'all', label: 'All values' },
  { value: 'q1', label: '1–99 %' },
  { value: 'q2', label: '2–98 %' },
  { value: 'q5', label: '5–95 %' },
]

/** Scale and range of the values that are drawn. */
export function RangeControls({
  source: { state, measure },
  range,
  base,
  hasValues,
}: {
  source: PlotSource
  range: RangeAnswer
  base: bigint
  /** There are values from which a range can be taken. */
  hasValues: boolean
}) {
  const shown = (place: number): string => measure.text(measure.stored(place, base))
  const ends = hasValues ? { min: shown(range.range.min), max: shown(range.range.max) } : { min: '', max: '' }
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label="Scale"
        data={SCALES}
        value={state.scale}
        onChange={(scale) => state.set({ scale })}
      />
      <BoundControls state={state} problem={range.problem} hints={ends} keep={() => ends} />
    </>
  )
}

/** The range: automatic from all or most values, or typed; what is wrong with it in words. */
export function BoundControls({
  state,
  problem,
  hints,
  keep,
}: {
  state: PlotState
  problem: string | null
  /** What the automatic bounds are. */
  hints: { min: string; max: string }
  /** The bounds to type for the person, so that they stay when the values change. */
  keep: () => { min: string; max: string }
}) {
  const isTyped = state.min !== '' || state.max !== ''
  const action = isTyped ? 'Range from the values' : 'Keep this range'
  const bound = (which: 'min' | 'max', label: string) => (
    <TextInput
      w={96}
      aria-label={label}
      title={`${label}; empty is automatic`}
      placeholder={hints[which]}
      value={state[which]}
      error={problem !== null && state[which] !== ''}
      onChange={(event) => state.set({ [which]: event.currentTarget.value })}
    />
  )
  return (
    <>
      <NativeSelect
        size="xs"
        aria-label="Automatic range"
        title="Automatic range, from the values shown"
        data={AUTOS}
        value={state.auto}
        onChange={(event) => state.set({ auto: event.currentTarget.value as AutoRange })}
      />
      <div className={classes['bounds']}>
        {bound('min', 'Minimum')}
        <span aria-hidden>–</span>
        {bound('max', 'Maximum')}
        <Tooltip label={action}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={30}
            aria-label={action}
            onClick={() => state.set(isTyped ? { min: '', max: '' } : keep())}
          >
            {isTyped ? <IconArrowBackUp size={16} /> : <IconPin size={16} />}
          </ActionIcon>
        </Tooltip>
      </div>
      {problem !== null && (
        <span role="alert" className={classes['problem']}>
          {problem}
        </span>
      )}
    </>
  )
}
