import { Group, NativeSelect, Text, TextInput } from '@mantine/core'
import { FixedDimension } from '../slicer/dimension-mapper'
import classes from '../slicer/slicer.module.css'
import type { SliceState } from '../table/slice-state'
import { formatCount } from '../ui/format'
import own from './plot.module.css'
import { dimName, type PlotSource } from './plot-source'

interface Props {
  source: PlotSource
  along: number
  /** What is wrong with the indices typed for further lines. */
  problem: string | null
  onSlice: (slice: SliceState) => void
}

/** The dimension that lines run along, the place in every other one, and further lines at other indices of one. */
export function LineMapper({ source, along, problem, onSlice }: Props) {
  const { array, slice, state } = source
  if (array.shape.length < 2) return null
  const options = array.shape.map((length, d) => ({
    value: String(d),
    label: `${dimName(array, d)} (${formatCount(length)})`,
  }))
  const others = options.filter((_, d) => d !== along)
  const compare = state.compare !== null && state.compare.dim !== along ? state.compare : null
  return (
    <div className={classes['mapper']}>
      <Group gap={6} wrap="nowrap">
        <Text size="xs" c="dimmed">
          Along
        </Text>
        <NativeSelect
          size="xs"
          aria-label="Along"
          data={options}
          value={String(along)}
          onChange={(event) => state.set({ along: Number(event.currentTarget.value) })}
        />
      </Group>
      {others.map(({ value }) => (
        <FixedDimension
          key={value}
          name={dimName(array, Number(value))}
          dim={Number(value)}
          slice={slice}
          onChange={onSlice}
        />
      ))}
      <Group gap={6} wrap="nowrap">
        <Text size="xs" c="dimmed">
          More lines at
        </Text>
        <NativeSelect
          size="xs"
          aria-label="Further lines along"
          data={[{ value: '', label: 'none' }, ...others]}
          value={compare ? String(compare.dim) : ''}
          onChange={(event) => {
            const { value } = event.currentTarget
            state.set({
              compare: value === '' ? null : { dim: Number(value), indices: compare?.indices ?? '' },
            })
          }}
        />
        {compare && (
          <TextInput
            w={150}
            aria-label="Indices of further lines"
            placeholder="0, 10, 20 or 0:50:10"
            value={compare.indices}
            error={problem !== null}
            onChange={(event) => state.set({ compare: { ...compare, indices: event.currentTarget.value } })}
          />
        )}
      </Group>
      {problem !== null && (
        <span role="alert" className={own['problem']}>
          {problem}
        </span>
      )}
    </div>
  )
}
