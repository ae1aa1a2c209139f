import type { Outcome } from './corpus-runner'

const STATES = ['passed', 'refused', 'unread', 'wrong'] as const

/** A table of outcomes by feature, worst first, under a line of totals. */
export function byFeature(name: string, outcomes: readonly Outcome[]): string {
  const selections = outcomes.reduce((n, outcome) => n + outcome.selections, 0)
  const rows = new Map<string, number[]>()
  for (const { features, state } of outcomes) {
    for (const feature of features) {
      const row = rows.get(feature) ?? STATES.map(() => 0)
      row[STATES.indexOf(state)]! += 1
      rows.set(feature, row)
    }
  }
  const table = [...rows].sort(([a, x], [b, y]) => y[3]! - x[3]! || y[2]! - x[2]! || (a < b ? -1 : 1))
  const total = STATES.map((state) => `${outcomes.filter((o) => o.state === state).length} ${state}`)
  return [
    `${name}: ${outcomes.length} cases: ${total.join(', ')}; ${selections} selections compared`,
    `  ${'feature'.padEnd(40)}${STATES.map((state) => state.padStart(9)).join('')}`,
    ...table.map(
      ([feature, row]) =>
        `  ${feature.slice(0, 39).padEnd(40)}${row.map((n) => String(n).padStart(9)).join('')}`,
    ),
    '',
  ].join('\n')
}
