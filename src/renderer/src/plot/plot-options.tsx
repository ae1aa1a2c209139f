import { Button, NativeSelect, Popover, Stack, Switch } from '@mantine/core'
import { IconAdjustments } from '@tabler/icons-react'
import { COLOR_MAPS } from '../ui/color-maps'
import { NAN_COLORS, type NanColor, type PlotKind, type PlotState } from './plot-state'

type Toggle = 'reversed' | 'centred' | 'flipped' | 'fillMissing' | 'logBins' | 'logCounts'

const MARKS: { value: PlotState['marks']; label: string }[] = [
  { value: 'lines', label: 'Lines' },
  { value: 'points', label: 'Points' },
  { value: 'both', label: 'Lines and points' },
]

/** What is rarely changed: how colours, NaN and missing chunks are shown. */
export function PlotOptions({
  state,
  kind,
  isWide,
}: {
  state: PlotState
  kind: PlotKind
  /** 64-bit numbers have bins of equal width only. */
  isWide: boolean
}) {
  const { set } = state
  const isDiverging = COLOR_MAPS[state.colorMap].group === 'diverging'
  const toggle = (label: string, key: Toggle) => (
    <Switch
      size="xs"
      label={label}
      checked={state[key]}
      onChange={(event) => set({ [key]: event.currentTarget.checked })}
    />
  )
  return (
    <Popover position="bottom-start" trapFocus withinPortal shadow="md">
      <Popover.Target>
        <Button variant="default" leftSection={<IconAdjustments size={14} />}>
          Options
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Options">
        <Stack gap={10}>
          {kind === 'heatmap' && (
            <>
              {toggle('Colours reversed', 'reversed')}
              {isDiverging && toggle('Colours centred on 0', 'centred')}
              {toggle('First row at the bottom', 'flipped')}
              <NativeSelect
                size="xs"
                label="Colour of NaN"
                data={[...NAN_COLORS]}
                value={state.nanColor}
                onChange={(event) => set({ nanColor: event.currentTarget.value as NanColor })}
              />
            </>
          )}
          {kind === 'line' && (
            <NativeSelect
              size="xs"
              label="Marks"
              data={MARKS}
              value={state.marks}
              onChange={(event) => set({ marks: event.currentTarget.value as PlotState['marks'] })}
            />
          )}
          {kind === 'histogram' && (
            <>
              {!isWide && toggle('Bins of equal ratio', 'logBins')}
              {toggle('Logarithmic counts', 'logCounts')}
            </>
          )}
          {toggle('Missing chunks as fill value', 'fillMissing')}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
