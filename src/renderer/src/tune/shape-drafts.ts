import { UsageError } from '@shared/errors'
import type { ChunkCandidate } from '@shared/model/trials'
import { parseLayoutText } from '@shared/trials/layout-text'

/** Why a typed shape cannot be read, in one sentence; undefined where it can, or where nothing is typed. */
export function shapeProblem(text: string, rank: number): string | undefined {
  if (text.trim() === '') return undefined
  try {
    const { chunks, shards } = parseLayoutText(text)
    const most = Math.max(chunks.length, shards?.length ?? 0)
    return most > rank
      ? `${most} lengths do not fit an array of ${rank} dimension${rank === 1 ? '' : 's'}.`
      : undefined
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
}

/** The shapes that can be read; whether the array can have them is told in their rows. */
export const shapesOf = (texts: readonly string[], rank: number): ChunkCandidate[] =>
  texts.filter((text) => text.trim() !== '' && shapeProblem(text, rank) === undefined).map(parseLayoutText)
