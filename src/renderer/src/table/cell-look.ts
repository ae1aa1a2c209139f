import type { DataType, ItemValue } from '@shared/dtype/data-type'
import type { CellState } from '@shared/model/block'
import { printable, shorten } from '../ui/format'
import { type Display, displayText } from './cell-display'
import type { CellView } from './cell-view'
import type { CellKnowledge } from './table-model'

/** Characters of a cell that are drawn; the whole text is in the editor and the inspector. */
const MOST_SHOWN = 512
const MOST_IN_TITLE = 2000

const WORDS: Partial<Record<CellState, string>> = {
  missing: 'missing chunk, shows the fill value',
  edited: 'edited',
}

/** Background and text colour of a value; undefined where it has none. */
export type Paint = (value: ItemValue) => { background: string; color: string } | undefined

/** What a cell looks like, and how its state is called. */
export function cellLook(known: CellKnowledge, dtype: DataType, display: Display, paint?: Paint): CellView {
  if (known.kind === 'loading') return { text: '…', state: 'loading', description: 'loading' }
  const error =
    known.kind === 'error' ? known.message : known.part?.state === 'error' ? known.part.error : undefined
  if (known.kind === 'error' || known.part?.state === 'error')
    return { text: 'error', state: 'error', description: `error: ${error ?? ''}`, title: error }
  const { value, bytes, part } = known
  const state = part?.state ?? 'stored'
  const { text, masked } = displayText(dtype, value, bytes, display)
  const shown = oneLine(text)
  const nan = isNone(dtype, value)
  const description = [WORDS[state], masked ? 'no value' : undefined].filter(Boolean).join(', ')
  return {
    text: shown,
    state,
    nan,
    masked,
    description: description === '' ? undefined : description,
    title: text.length > 24 ? printable(text.slice(0, MOST_IN_TITLE)) : undefined,
    ...(paint && !masked && !nan ? paint(value) : {}),
  }
}

/** Cells without data: of missing chunks, NaN and NaT, masked ones. */
export function hasData(
  known: Exclude<CellKnowledge, { kind: 'loading' }>,
  dtype: DataType,
  display: Display,
): boolean {
  if (known.kind === 'error') return true
  const isMasked = display.decoding?.isMasked(known.value) ?? false
  return known.part?.state !== 'missing' && !isMasked && !isNone(dtype, known.value)
}

/** NaN, NaT, and complex numbers with a NaN. */
export function isNone(dtype: DataType, value: ItemValue): boolean {
  if (dtype.spec.kind === 'datetime' || dtype.spec.kind === 'timedelta') return dtype.format(value) === 'NaT'
  if (dtype.spec.kind === 'complex') return (value as [number, number]).some(Number.isNaN)
  return value !== value
}

/** Line breaks and tabs as signs, so that a cell stays one line; what hides or reorders text becomes visible. */
const oneLine = (text: string): string =>
  printable(
    shorten(text, MOST_SHOWN)
      .replace(/\r\n|[\r\n]/g, '↵')
      .replaceAll('\t', '⇥'),
  )
