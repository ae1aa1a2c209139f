import { ActionIcon, Checkbox, NumberInput, SegmentedControl, Select, Slider } from '@mantine/core'
import type { StoreInfo } from '@shared/model/host'
import type { ArrayDetail } from '@shared/model/node'
import { IconMaximize } from '@tabler/icons-react'
import { formatCount } from '../ui/format'
import classes from './chunks.module.css'
import { dimName, type MapAxes, otherDims, withAxis, withFixed } from './axes'
import type { ColorMode, Projection } from './map-values'

const PROJECTIONS: { value: Projection; label: string }[] = [
  { value: 'mean', label: 'mean stored' },
  { value: 'any', label: 'any stored' },
  { value: 'all', label: 'all stored' },
]

/** What a map of this array can be coloured by; items without an order have no least and greatest. */
function modes(
  { dtype }: ArrayDetail,
  store: StoreInfo,
): { value: ColorMode; label: string; disabled?: boolean }[] {
  const ordered = ['bool', 'int', 'uint', 'float', 'datetime', 'timedelta'].includes(dtype?.kind ?? '')
  return [
    { value: 'state', label: 'State' },
    { value: 'bytes', label: 'Stored bytes' },
    { value: 'ratio', label: 'Ratio' },
    { value: 'min', label: 'Min', disabled: !ordered },
    { value: 'max', label: 'Max', disabled: !ordered },
    // Only a file system tells when a chunk was written.
    { value: 'modified', label: 'Modified', disabled: store.kind !== 'directory' },
  ]
}

interface MapControlsProps {
  array: ArrayDetail
  store: StoreInfo
  axes: MapAxes
  mode: ColorMode
  projection: Projection
  onAxes: (axes: MapAxes) => void
  onMode: (mode: ColorMode) => void
  onProjection: (projection: Projection) => void
  onFit: () => void
}

/** Axes, colour and, for the dimensions that are not on screen, an index or "all". */
export function MapControls(props: MapControlsProps) {
  const { array, axes, onAxes } = props
  const longDims = array.gridShape.filter((n) => n > 1).length
  const others = otherDims(axes, array.gridShape)
  const options = array.gridShape.map((n, dim) => ({
    value: String(dim),
    label: `${dimName(array, dim)} (${formatCount(n)})`,
  }))
  const projects = others.some((dim) => axes.fixed[dim] === null)
  return (
    <div className={classes['controls']}>
      <div className={classes['controlRow']}>
        {longDims > 1 && (
          <>
            <Select
              w={146}
              aria-label="Rows"
              leftSection={<span className={classes['prefix']}>↓</span>}
              data={[{ value: 'none', label: 'none' }, ...options]}
              value={axes.row === null ? 'none' : String(axes.row)}
              allowDeselect={false}
              onChange={(v) => onAxes(withAxis(axes, 'row', v === null || v === 'none' ? null : Number(v)))}
            />
            <Select
              w={146}
              aria-label="Columns"
              leftSection={<span className={classes['prefix']}>→</span>}
              data={options}
              value={String(axes.column ?? 0)}
              allowDeselect={false}
              onChange={(v) => onAxes(withAxis(axes, 'column', Number(v ?? 0)))}
            />
          </>
        )}
        <SegmentedControl
          size="xs"
          aria-label="Colour"
          data={modes(array, props.store)}
          value={props.mode}
          onChange={(v) => props.onMode(v)}
        />
        {projects && (
          <Select
            w={116}
            aria-label="Projection"
            data={PROJECTIONS}
            value={props.projection}
            allowDeselect={false}
            onChange={(v) => props.onProjection(v ?? 'mean')}
          />
        )}
        <ActionIcon
          size={28}
          color="gray"
          aria-label="Show the whole map"
          title="Show the whole map (0)"
          onClick={props.onFit}
        >
          <IconMaximize size={16} />
        </ActionIcon>
      </div>
      {others.map((dim) => (
        <FixedDimension
          key={dim}
          name={dimName(array, dim)}
          count={array.gridShape[dim] ?? 1}
          index={axes.fixed[dim] ?? null}
          onIndex={(index) => onAxes(withFixed(axes, dim, index))}
        />
      ))}
    </div>
  )
}

function FixedDimension({
  name,
  count,
  index,
  onIndex,
}: {
  name: string
  count: number
  /** Null: projected over. */
  index: number | null
  onIndex: (index: number | null) => void
}) {
  const last = count - 1
  return (
    <div className={classes['controlRow']}>
      <span className={classes['dimName']} title={name}>
        {name}
      </span>
      <Checkbox
        size="xs"
        label="all"
        aria-label={`${name}: all`}
        checked={index === null}
        onChange={(e) => onIndex(e.currentTarget.checked ? null : 0)}
      />
      <NumberInput
        w={84}
        aria-label={name}
        role="spinbutton"
        aria-valuenow={index ?? 0}
        aria-valuemin={0}
        aria-valuemax={last}
        min={0}
        max={last}
        clampBehavior="strict"
        allowDecimal={false}
        disabled={index === null}
        value={index ?? ''}
        onChange={(v) => {
          if (typeof v === 'number') onIndex(Math.max(0, Math.min(last, v)))
        }}
      />
      <Slider
        className={classes['slider'] ?? ''}
        size="xs"
        label={null}
        thumbLabel={name}
        min={0}
        max={last}
        disabled={index === null}
        value={index ?? 0}
        onChange={onIndex}
      />
      <span className={classes['dimCount']}>of {formatCount(count)}</span>
    </div>
  )
}
