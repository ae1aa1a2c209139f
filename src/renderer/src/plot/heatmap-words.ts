import { ITEM_STATES } from '@shared/model/plots'
import { formatBytes, formatCount } from '../ui/format'
import { type Field, type FieldFacts, itemAt } from './field'
import { BUDGET_BYTES, type Plane } from './heatmap-reading'
import type { Measure } from './measure'
import { positionText, type PositionAxis } from './position-axis'
import { countText, everyText, sentence, unreadableText } from './words'

interface Axes {
  rows: PositionAxis
  columns: PositionAxis
}

/** What of the plane is shown, and what is not; `effort` is null while a finer picture may still come. */
export function heatmapNotes(plane: Plane, facts: FieldFacts, effort: number | null): string[] {
  const { rows, columns } = plane.field
  const notes: string[] = []
  if (rows.every > 1 || columns.every > 1) {
    const parts = [
      ...(rows.every > 1 ? [everyText(rows.every, 'row')] : []),
      ...(columns.every > 1 ? [everyText(columns.every, 'column')] : []),
    ]
    notes.push(`${sentence(`shows ${parts.join(' and ')}`)} Zoom in for all of them.`)
  }
  if (plane.overview.isCoarse && effort !== null)
    notes.push(`A finer picture would decode more than ${formatBytes(BUDGET_BYTES * 8 ** effort)}.`)
  if (plane.overview.unreadable) notes.push(unreadableText(plane.overview.unreadable))
  const { missing, invalid } = facts
  const striped = plane.measure.value.countMissing !== true
  if (facts.values === 0) notes.push('None of the values shown is a number that could be coloured.')
  const counts = [
    ...(missing > 0
      ? [`${countText(missing, 'value')} shown from missing chunks${striped ? ' (striped)' : ''}`]
      : []),
    ...(invalid > 0 ? [`${formatCount(invalid)} without a number (NaN, infinite or masked)`] : []),
  ]
  if (counts.length > 0) notes.push(sentence(counts.join(', ')))
  return notes
}

/** The figure in words: size, range, counts. */
export function heatmapText(plane: Plane, { rows, columns }: Axes, facts: FieldFacts): string {
  const { measure, field } = plane
  const size = `${countText(rows.dim.count, 'row')} (${rows.name}) by ${countText(columns.dim.count, 'column')} (${columns.name})`
  const range =
    facts.min === null || facts.max === null
      ? 'no values'
      : `values from ${valueText(measure, facts.min, field)} to ${valueText(measure, facts.max, field)}`
  return `${size}; ${range}; ${countText(facts.invalid, 'value')} without a number, ${formatCount(facts.missing)} from missing chunks, ${formatCount(facts.unreadable)} unreadable.`
}

const valueText = (measure: Measure, place: number, field: Field): string =>
  measure.text(measure.stored(place, field.base))

/** What is read at a place of the plane. */
export function heatmapPoint(plane: Plane, { rows, columns }: Axes, row: number, column: number): string {
  const { field, measure, overview } = plane
  const item = itemAt(field, row, column)
  if (item === undefined) return 'not read yet'
  // An item stands for those up to the next one; which one it is is said.
  const position = (run: Field['rows'], at: number): number =>
    run.start + Math.floor((at - run.start) / run.every) * run.every
  const where = [
    `${rows.name} ${positionText(rows, position(field.rows, row))}`,
    `${columns.name} ${positionText(columns, position(field.columns, column))}`,
  ].join(', ')
  const state = ITEM_STATES[overview.states[item] ?? 0]
  const text = measure.text(field.numbers[item] ?? NaN)
  if (state === 'error') return `${where}: cannot be read`
  if (state === 'missing') return `${where}: missing chunk, fill value ${text}`
  return `${where}: ${text}${state === 'edited' ? ' (edited)' : ''}`
}

/** The values that are shown, exactly: a column for each column, empty where there is none. */
export function* heatmapCsv(
  { field, measure, overview }: Plane,
  { rows, columns }: Axes,
): Generator<string[]> {
  const position = (run: Field['rows'], i: number): number => run.start + i * run.every
  const label = (axis: PositionAxis, at: number): string => positionText(axis, at)
  yield [
    `${rows.name} \\ ${columns.name}`,
    ...Array.from({ length: field.columns.count }, (_, c) => label(columns, position(field.columns, c))),
  ]
  for (let r = 0; r < field.rows.count; r++) {
    yield [
      label(rows, position(field.rows, r)),
      ...Array.from({ length: field.columns.count }, (_, c) => {
        const item = r * field.rowStride + c * field.columnStride
        const state = ITEM_STATES[overview.states[item] ?? 0]
        const isShown = state === 'missing' ? measure.value.countMissing === true : state !== 'error'
        return isShown ? measure.text(field.numbers[item] ?? NaN) : ''
      }),
    ]
  }
}
