import type { ArrayDetail } from '@shared/model/node'
import { paretoFront, type CodecRow, type SampleTrial } from '@shared/model/trials'
import { suggestCodec } from '@shared/trials/suggest-codec'

/** The text that names the setting which the array has. */
const PRESENT = 'present'

/**
 * What rows depend on beside their candidate: the bytes of the sample, how many chunks its figures are projected to, and
 * the array's own codecs. Changing a bound of the sample that it never reached changes nothing.
 */
export const resultsKey = ({ sample, initialized }: SampleTrial, { codecs, order }: ArrayDetail): string =>
  [
    sample.fingerprint,
    initialized,
    order,
    ...codecs.map(({ name, configuration }) => name + configuration),
  ].join(' ')

/** Candidates that nothing is known about yet; the present setting is always one of them. */
export const missingCandidates = (
  texts: readonly string[],
  rows: Readonly<Record<string, CodecRow>>,
): string[] => [PRESENT, ...texts].filter((text) => !Object.hasOwn(rows, text))

/** A row with the candidate text that it belongs to. */
export interface ShownRow extends CodecRow {
  text: string
}

/** Rows of the candidates that are chosen now, the present setting first and once, with the front over all of them. */
export function shownRows(
  texts: readonly string[],
  rows: Readonly<Record<string, CodecRow>>,
): { rows: ShownRow[]; suggestion: { spec: string; reason: string } | null } {
  const found = [...new Set([PRESENT, ...texts])].flatMap((text): ShownRow[] => {
    const row = rows[text]
    return row && !(row.present && text !== PRESENT) ? [{ ...row, text }] : []
  })
  const front = paretoFront(found)
  const marked = found.map((row, i) => ({ ...row, pareto: front[i] ?? false }))
  return { rows: marked, suggestion: suggestCodec(marked) }
}

const KEPT = 8

/** Results of the samples used last: going back to one of them measures nothing again. */
export function withResult(
  results: Readonly<Record<string, Readonly<Record<string, CodecRow>>>>,
  key: string,
  text: string,
  row: CodecRow,
): Readonly<Record<string, Readonly<Record<string, CodecRow>>>> {
  const { [key]: known = {}, ...others } = results
  const kept = Object.entries(others).slice(-(KEPT - 1))
  return { ...Object.fromEntries(kept), [key]: { ...known, [text]: row } }
}
