import { ActionIcon, NumberInput } from '@mantine/core'
import type { SampleTrial } from '@shared/model/trials'
import { IconDice3 } from '@tabler/icons-react'
import type { RequestHandle } from '../rpc/use-request'
import { formatBytes, formatCount, formatRatio } from '../ui/format'
import { ErrorNote } from '../ui/states'
import { Field } from './field'
import type { SampleSettings } from './tune-state'
import classes from './tune.module.css'

/** Which chunks trials are made with, and what came of it. */
export function SampleControls({
  settings,
  sample,
  onChange,
}: {
  settings: SampleSettings
  sample: RequestHandle<'trials.sample'>
  onChange: (change: Partial<SampleSettings>) => void
}) {
  const { chunks, budgetMiB, seed } = settings
  return (
    <section aria-label="Sample" className={classes['block']}>
      <div className={classes['row']}>
        <h2>Sample</h2>
        <Number label="Chunks" value={chunks} min={1} max={1024} onChange={(v) => onChange({ chunks: v })} />
        <Number
          label="Budget in MiB"
          value={budgetMiB}
          min={2 ** -20}
          max={1024}
          decimals
          onChange={(v) => onChange({ budgetMiB: v })}
        />
        <Number label="Seed" value={seed} min={0} max={2 ** 32 - 1} onChange={(v) => onChange({ seed: v })} />
        <ActionIcon
          size={26}
          color="gray"
          aria-label="Draw other chunks"
          title="Draw other chunks"
          onClick={() => onChange({ seed: seed + 1 })}
        >
          <IconDice3 size={16} />
        </ActionIcon>
        <span role="status" className={classes['dim']} aria-label="Sample size">
          {sample.data ? sizeWords(sample.data) : sample.status === 'loading' ? 'drawing…' : ''}
        </span>
      </div>
      {sample.status === 'error' && <ErrorNote error={sample.error} onRetry={sample.retry} compact />}
      {sample.data?.sample.notes.map((note) => (
        <p key={note} className={classes['note']}>
          {note}
        </p>
      ))}
    </section>
  )
}

function Number({
  label,
  value,
  min,
  max,
  decimals = false,
  onChange,
}: {
  label: string
  value: number
  min: number
  max: number
  decimals?: boolean
  onChange: (value: number) => void
}) {
  return (
    <Field label={label}>
      <NumberInput
        w={76}
        aria-label={label}
        min={min}
        max={max}
        allowDecimal={decimals}
        allowNegative={false}
        value={value}
        onChange={(next) => {
          if (typeof next === 'number' && next >= min && next <= max) onChange(next)
        }}
      />
    </Field>
  )
}

function sizeWords({ sample, initialized }: SampleTrial): string {
  const { coords, nchunks, rawBytes, storedBytes } = sample
  if (coords.length === 0) return 'no chunks'
  const stored = storedBytes
    ? `, stored in ${formatBytes(storedBytes)} (ratio ${formatRatio(rawBytes, storedBytes)})`
    : ''
  const all =
    initialized === nchunks
      ? formatCount(nchunks)
      : `${formatCount(initialized)} stored of ${formatCount(nchunks)}`
  return `${formatCount(coords.length)} of ${all} chunks, ${formatBytes(rawBytes)}${stored}`
}
