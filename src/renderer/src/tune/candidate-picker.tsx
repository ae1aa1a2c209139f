import { NumberInput, SegmentedControl, Select, UnstyledButton } from '@mantine/core'
import type { CandidateFacts } from '@shared/trials/candidate-facts'
import {
  hasBytesToShuffle,
  ordersFor,
  PRESETS,
  type CandidateMatrix,
  type PresetName,
} from '@shared/trials/candidates'
import {
  compressorIds,
  compressorProblem,
  COMPRESSORS,
  type CompressorId,
  type Level,
  type Shuffle,
} from '@shared/trials/compressors'
import { FILTER_KINDS, filterProblem, isLossyFilter, type FilterKind } from '@shared/trials/filters'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { formatCount } from '../ui/format'
import { Choices, type Choice } from './choices'
import { Field } from './field'
import { OtherCandidates } from './other-candidates'
import type { CandidateSettings } from './tune-state'
import classes from './tune.module.css'

const LEVELS: Choice[] = ['usual', '1', '3', '5', '7', '9'].map((id) => ({
  id,
  label: id,
  ...(id === 'usual' && { title: 'The level that each compressor is mostly used with' }),
}))
const SHUFFLES: { id: Shuffle; label: string }[] = [
  { id: 'noshuffle', label: 'none' },
  { id: 'shuffle', label: 'byte' },
  { id: 'bitshuffle', label: 'bit' },
]
const FILTER_LABELS: Record<FilterKind, string> = {
  none: 'none',
  delta: 'delta',
  bitround: 'bitround',
  quantize: 'quantize',
  fixedscaleoffset: 'fixed scale/offset',
}

/** The matrix of candidates: every combination of what is ticked is tried, and what is typed beside it. */
export function CandidatePicker({
  facts,
  choice,
  matrix,
  count,
  open,
  onOpen,
  onPreset,
  onMatrix,
  onOthers,
  children,
}: {
  facts: CandidateFacts
  choice: CandidateSettings
  matrix: CandidateMatrix
  /** Candidates in all. */
  count: number
  /** All choices are shown, not the preset alone. */
  open: boolean
  onOpen: (open: boolean) => void
  onPreset: (preset: PresetName) => void
  onMatrix: (matrix: CandidateMatrix) => void
  onOthers: (others: string) => void
  /** What starts the trials. */
  children: ReactNode
}) {
  const change = (part: Partial<CandidateMatrix>): void => onMatrix({ ...matrix, ...part })
  const Chevron = open ? IconChevronDown : IconChevronRight
  return (
    <section aria-label="Candidates" className={classes['block']}>
      <div className={classes['row']}>
        <h2>Candidates</h2>
        <SegmentedControl
          size="xs"
          aria-label="Preset"
          data={[...PRESETS]}
          // Nothing is marked once the choice is one's own.
          value={choice.preset ?? ''}
          onChange={(name) => onPreset(name as PresetName)}
        />
        <span className={classes['dim']}>{formatCount(count)} and the present setting</span>
        <UnstyledButton className={classes['fold'] ?? ''} aria-expanded={open} onClick={() => onOpen(!open)}>
          <Chevron size={14} aria-hidden />
          Choose
        </UnstyledButton>
        <span className={classes['spring']} />
        {children}
      </div>
      {open && <MatrixChoices facts={facts} matrix={matrix} onChange={change} />}
      {open && <OtherCandidates value={choice.others} onChange={onOthers} />}
    </section>
  )
}

function MatrixChoices({
  facts,
  matrix,
  onChange: change,
}: {
  facts: CandidateFacts
  matrix: CandidateMatrix
  onChange: (part: Partial<CandidateMatrix>) => void
}) {
  return (
    <div className={classes['matrix']}>
      <Choices
        label="Compressors"
        options={compressorIds.map((id) => ({
          id,
          label: COMPRESSORS[id].label,
          problem: compressorProblem(id, facts.zarrFormat),
        }))}
        chosen={matrix.compressors}
        onChange={(ids) => change({ compressors: ids as CompressorId[] })}
      />
      <Choices
        label="Levels"
        options={LEVELS}
        chosen={matrix.levels.map(String)}
        onChange={(ids) => change({ levels: ids.map((id): Level => (id === 'usual' ? id : Number(id))) })}
      />
      <Choices
        label="Shuffle of blosc"
        options={SHUFFLES.map((option) => ({
          ...option,
          problem:
            option.id === 'shuffle' && !hasBytesToShuffle(facts)
              ? 'Items of one byte, or of varying length, have no bytes to shuffle.'
              : undefined,
        }))}
        chosen={matrix.shuffles}
        onChange={(ids) => change({ shuffles: ids as Shuffle[] })}
      />
      <Choices
        label="Filters"
        options={FILTER_KINDS.map((id) => ({
          id,
          label: FILTER_LABELS[id],
          title: isLossyFilter(id, facts.dtype) ? 'May lose bits; the error is measured' : undefined,
          problem: filterProblem(id, facts),
        }))}
        chosen={matrix.filters}
        onChange={(ids) => change({ filters: ids as FilterKind[] })}
      >
        <Parameters matrix={matrix} onChange={change} />
      </Choices>
      <Choices
        label="Order"
        options={(['C', 'F'] as const).map((id) => ({
          id,
          label: id,
          problem: ordersFor(facts).includes(id)
            ? undefined
            : 'With fewer than two dimensions both orders are the same.',
        }))}
        chosen={matrix.orders}
        onChange={(ids) => change({ orders: ids as ('C' | 'F')[] })}
      />
    </div>
  )
}

/** What the ticked filters take. */
function Parameters({
  matrix,
  onChange,
}: {
  matrix: CandidateMatrix
  onChange: (part: Partial<CandidateMatrix>) => void
}) {
  const { filters, parameters } = matrix
  const set = (part: Partial<typeof parameters>): void => onChange({ parameters: { ...parameters, ...part } })
  return (
    <>
      {filters.includes('bitround') && (
        <Field label="bits kept">
          <NumberInput
            w={62}
            aria-label="Bits that bitround keeps"
            min={0}
            max={52}
            allowDecimal={false}
            value={parameters.keepBits}
            onChange={(v) => {
              if (typeof v === 'number') set({ keepBits: v })
            }}
          />
        </Field>
      )}
      {filters.includes('quantize') && (
        <Field label="digits kept">
          <NumberInput
            w={62}
            aria-label="Decimal places that quantize keeps"
            min={0}
            max={300}
            allowDecimal={false}
            value={parameters.digits}
            onChange={(v) => {
              if (typeof v === 'number') set({ digits: v })
            }}
          />
        </Field>
      )}
      {filters.includes('fixedscaleoffset') && (
        <Field label="stored as">
          <Select
            w={86}
            aria-label="What fixed scale/offset stores"
            data={[
              { value: 'u1', label: 'uint8' },
              { value: 'u2', label: 'uint16' },
            ]}
            value={parameters.scaledType}
            allowDeselect={false}
            onChange={(v) => set({ scaledType: v === 'u1' ? 'u1' : 'u2' })}
          />
        </Field>
      )}
    </>
  )
}
