import { NativeSelect, SegmentedControl, Switch } from '@mantine/core'
import { COMPLEX_PARTS, type ComplexPart } from '@shared/dtype/numbers'
import type { DataTypeSpec } from '@shared/dtype/spec'
import { DimensionMapper } from '../slicer/dimension-mapper'
import type { SliceState } from '../table/slice-state'
import { colorMapNames, type ColorMapName } from '../ui/color-maps'
import { sentence } from './words'
import classes from './plot.module.css'
import type { PlotSource } from './plot-source'
import { PlotOptions } from './plot-options'
import type { PlotKind, PlotState } from './plot-state'

const KINDS: Record<PlotKind, string> = { line: 'Line', heatmap: 'Heatmap', histogram: 'Histogram' }

interface Props {
  source: PlotSource
  kind: PlotKind
  kinds: PlotKind[]
  fields: { name: string; type: DataTypeSpec }[] | null
  /** CF attributes say how values are decoded. */
  hasPacking: boolean
  onSlice: (slice: SliceState) => void
}

/** Kind of plot, what of the values is plotted, and which dimensions run where. */
export function PlotControls({ source, kind, kinds, fields, hasPacking, onSlice }: Props) {
  const { array, slice, state, measure } = source
  const { set } = state
  return (
    <>
      <div className={classes['controls']}>
        <SegmentedControl
          size="xs"
          aria-label="Kind of plot"
          data={kinds.map((value) => ({ value, label: KINDS[value] }))}
          value={kind}
          onChange={(value) => set({ kind: value })}
        />
        {fields && (
          <NativeSelect
            size="xs"
            aria-label="Field"
            data={fields.map((f) => f.name)}
            value={measure.value.field ?? ''}
            onChange={(event) => set({ field: event.currentTarget.value })}
          />
        )}
        {measure.dtype.kind === 'complex' && (
          <NativeSelect
            size="xs"
            aria-label="Part of complex numbers"
            data={COMPLEX_PARTS.map((value) => ({ value, label: sentence(value).slice(0, -1) }))}
            value={state.part}
            onChange={(event) => set({ part: event.currentTarget.value as ComplexPart })}
          />
        )}
        {kind === 'heatmap' && <ColorMapSelect state={state} />}
        {hasPacking && (
          <Switch
            size="xs"
            label="CF decode"
            checked={state.decode}
            onChange={(event) => set({ decode: event.currentTarget.checked, min: '', max: '' })}
          />
        )}
        <PlotOptions state={state} kind={kind} isWide={measure.isWide} />
      </div>
      {kind !== 'line' && <DimensionMapper array={array} slice={slice} onChange={onSlice} />}
    </>
  )
}

function ColorMapSelect({ state }: { state: PlotState }) {
  return (
    <NativeSelect
      size="xs"
      aria-label="Colour map"
      value={state.colorMap}
      onChange={(event) => state.set({ colorMap: event.currentTarget.value as ColorMapName })}
    >
      {(['sequential', 'diverging', 'categorical'] as const).map((group) => (
        <optgroup key={group} label={sentence(group).slice(0, -1)}>
          {colorMapNames(group).map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </optgroup>
      ))}
    </NativeSelect>
  )
}
