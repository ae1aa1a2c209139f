import { ActionIcon, Group, NativeSelect, Text, Tooltip } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { ArrayDetail } from '@shared/model/node'
import { freeDims, indexAt, positionOf, type SliceState, withAxis, withFixed } from '../table/slice-state'
import { formatCount } from '../ui/format'
import classes from './slicer.module.css'

interface Props {
  array: ArrayDetail
  slice: SliceState
  onChange: (slice: SliceState) => void
}

const FRAME_MS = 250

/** Which dimension runs down the rows and across the columns; a number field and a slider for every other one. */
export function DimensionMapper({ array, slice, onChange }: Props) {
  const names = array.shape.map((_, i) => array.dimensionNames?.[i] ?? `dim ${i}`)
  if (array.shape.length < 2) return null
  const options = names.map((name, i) => ({
    value: String(i),
    label: `${name} (${formatCount(array.shape[i] ?? 0)})`,
  }))
  const axis = (which: 'row' | 'column', label: string) => (
    <Group gap={6} wrap="nowrap">
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <NativeSelect
        size="xs"
        aria-label={label}
        value={slice[which] === null ? '' : String(slice[which])}
        data={slice[which] === null ? [{ value: '', label: '–' }, ...options] : options}
        onChange={(event) => {
          const chosen = event.currentTarget.value
          onChange(withAxis(slice, which, chosen === '' ? null : Number(chosen)))
        }}
      />
    </Group>
  )
  return (
    <div className={classes['mapper']}>
      {axis('row', 'Rows')}
      {axis('column', 'Columns')}
      {freeDims(slice).map((dim) => (
        <FixedDimension key={dim} name={names[dim] ?? ''} dim={dim} slice={slice} onChange={onChange} />
      ))}
    </div>
  )
}

interface FixedProps {
  name: string
  dim: number
  slice: SliceState
  onChange: (slice: SliceState) => void
}

/** One fixed dimension: exact index by number field, position by slider, play to step through it. */
export function FixedDimension({ name, dim, slice, onChange }: FixedProps) {
  const [playing, setPlaying] = useState(false)
  const length = slice.shape[dim] ?? 0
  const sliced = slice.dims[dim]
  // A dimension typed as an integer may stand anywhere; one typed as a range stays inside it.
  const along = sliced && !sliced.drop ? sliced : { start: 0, step: 1, count: length }
  const index = slice.fixed[dim] ?? along.start
  const position = positionOf(along, index) ?? 0
  const last = Math.max(0, along.count - 1)

  useEffect(() => {
    if (!playing) return undefined
    const timer = setTimeout(
      () => onChange(withFixed(slice, dim, indexAt(along, position >= last ? 0 : position + 1))),
      FRAME_MS,
    )
    return () => clearTimeout(timer)
  })

  const low = Math.min(along.start, indexAt(along, last))
  const high = Math.max(along.start, indexAt(along, last))
  return (
    <div className={classes['fixed']}>
      <Text size="xs" c="dimmed" truncate maw={120} title={name}>
        {name}
      </Text>
      <input
        type="number"
        aria-label={name}
        className={classes['number']}
        min={low}
        max={high}
        step={Math.abs(along.step)}
        value={index}
        disabled={along.count === 0}
        style={{ width: `${Math.max(3, String(high).length) + 4}ch` }}
        onChange={(event) => {
          const wanted = event.currentTarget.valueAsNumber
          if (Number.isInteger(wanted) && positionOf(along, wanted) !== undefined)
            onChange(withFixed(slice, dim, wanted))
        }}
      />
      <input
        type="range"
        aria-label={name}
        aria-valuetext={`${name} ${index}`}
        className={classes['slider']}
        min={0}
        max={last}
        value={position}
        disabled={along.count < 2}
        onChange={(event) =>
          onChange(withFixed(slice, dim, indexAt(along, event.currentTarget.valueAsNumber)))
        }
      />
      <Text size="xs" c="dimmed" className={classes['length']}>
        / {formatCount(length)}
      </Text>
      <Tooltip label={playing ? 'Stop' : `Step through ${name}`}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          disabled={along.count < 2}
          aria-label={playing ? `Stop ${name}` : `Play ${name}`}
          onClick={() => setPlaying(!playing)}
        >
          {playing ? <IconPlayerPause size={14} /> : <IconPlayerPlay size={14} />}
        </ActionIcon>
      </Tooltip>
    </div>
  )
}
