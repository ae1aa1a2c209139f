import { SelectionError, UsageError } from '@shared/errors'
import type { AccessPattern } from '@shared/model/trials'
import { parseSelection } from '@shared/selection/parse'
import { formatLengths, parseLengths } from '@shared/trials/layout-text'
import type { ArrayShape, WindowPattern } from '@shared/trials/preset-patterns'

/** An access pattern as it is typed. */
export interface PatternDraft {
  id: number
  /** A window takes that many items anywhere; a slice is one selection in NumPy's syntax. */
  kind: 'window' | 'slice'
  text: string
  weight: number
  /** Given by a preset, until the text is changed. */
  name: string | null
}

export type ParsedPattern =
  | { pattern: AccessPattern; problem?: undefined; position?: undefined }
  | { pattern?: undefined; problem: string; position?: number | undefined }

/** A draft of a pattern that is known already. */
export const draftOf = ({ dims, weight, name }: WindowPattern, id: number): PatternDraft => ({
  id,
  kind: 'window',
  text: formatLengths(dims),
  weight,
  name: name ?? null,
})

export const nextId = (drafts: readonly PatternDraft[]): number =>
  drafts.reduce((id, draft) => Math.max(id, draft.id), 0) + 1

/** The pattern of a draft, or what is wrong with it in one sentence. */
export function parsePattern(draft: PatternDraft, array: ArrayShape): ParsedPattern {
  const { kind, text, weight } = draft
  if (!(weight > 0)) return { problem: 'A weight is a number above 0.' }
  const known = { weight, ...(draft.name === null ? {} : { name: draft.name }) }
  try {
    if (kind === 'slice') {
      parseSelection(text, array.shape, array.dimensionNames)
      return { pattern: { selection: text, ...known } }
    }
    return { pattern: { dims: windowOf(text, array.shape.length), ...known } }
  } catch (error) {
    if (error instanceof SelectionError) return { problem: error.message, position: error.position }
    if (error instanceof UsageError) return { problem: error.message }
    throw error
  }
}

/** Items along each dimension; those left out are whole. */
function windowOf(text: string, rank: number): (number | null)[] {
  const dims = parseLengths(text)
  if (dims.length > rank)
    throw new UsageError(
      `${dims.length} lengths do not fit an array of ${rank} dimension${rank === 1 ? '' : 's'}.`,
    )
  return Array.from({ length: rank }, (_, k) => dims[k] ?? null)
}
