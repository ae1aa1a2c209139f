import type { ChunkRow } from '@shared/model/trials'
import { guessChunks } from '../nodes/creation/chunk-guess'
import type { Layout } from './layouts'
import type { BoundPattern } from './patterns'

/** The rule of the field: chunks of about this size are neither slow to fetch nor slow to find. */
export const RULE_BYTES = 2 ** 20
const LEAST_BYTES = 2 ** 19
const MOST_BYTES = 64 * 2 ** 20
/** Files beyond which a folder is a burden, and what a shard may grow to so that there are fewer. */
export const MANY_FILES = 10_000
const FEW_FILES = 4096
const MOST_SHARD_BYTES = 512 * 2 ** 20
/** What finding one more chunk, and opening one more file, costs beside its bytes. */
const CHUNK_COST = 96 * 2 ** 10
const FILE_COST = 64 * 2 ** 10

export type Evaluate = (layout: Layout) => ChunkRow

/**
 * Shapes worth a look, best first: from several starting shapes (the present one, a guess, the shape of each pattern)
 * dimensions are doubled, halved and taken whole while that helps the patterns. Bounded by the number of steps, not by
 * the array's size.
 */
export function candidateShapes(
  shape: readonly number[],
  itemBytes: number,
  present: readonly number[],
  patterns: readonly BoundPattern[],
  evaluate: Evaluate,
): number[][] {
  const ends = shape.map((length) => Math.max(1, length))
  const clip = (chunks: readonly number[]): number[] => chunks.map((size, k) => Math.min(size, ends[k]!))
  const starts = [
    clip(present),
    guessChunks(shape, itemBytes),
    ...patterns.flatMap(({ window }) => (window ? [fitted(window, ends, itemBytes)] : [])),
  ]
  const seen = new Map<string, { chunks: number[]; score: number }>()
  const scored = (chunks: number[]): number => {
    const name = chunks.join()
    const known = seen.get(name)
    if (known) return known.score
    const score = layoutScore(evaluate({ chunks, shards: null }))
    seen.set(name, { chunks, score })
    return score
  }
  for (const start of starts) climb(start, ends, scored)
  return [...seen.values()].sort((a, b) => a.score - b.score).map(({ chunks }) => chunks)
}

/** How badly a layout serves its patterns: 1 is reading nothing but what is wanted in one go; a pattern
 * that is served badly is not made up for by others. Sizes far off the rule count. */
export function layoutScore({ patterns, chunkBytes }: Pick<ChunkRow, 'patterns' | 'chunkBytes'>): number {
  let [sum, weights] = [0, 0]
  for (const { weight, touched, filesTouched, rawBytes, wantedBytes } of patterns) {
    const cost = rawBytes + touched * CHUNK_COST + filesTouched * FILE_COST
    sum += (weight * cost) / (wantedBytes + CHUNK_COST + FILE_COST)
    weights += weight
  }
  const small = Math.max(0, Math.log2(LEAST_BYTES / chunkBytes))
  const large = Math.max(0, Math.log2(chunkBytes / MOST_BYTES))
  return (sum / (weights || 1)) * (1 + 0.5 * small + large)
}

const MOST_STEPS = 40

function climb(start: number[], ends: readonly number[], score: (chunks: number[]) => number): void {
  let best = start
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = neighbours(best, ends).reduce((a, b) => (score(b) < score(a) ? b : a), best)
    if (next === best) return
    best = next
  }
}

/** One dimension halved, doubled or taken whole; one doubled while another is halved. */
function neighbours(chunks: readonly number[], ends: readonly number[]): number[][] {
  const found: number[][] = []
  const changed = (k: number, size: number, from = chunks): number[] =>
    from.map((length, i) => (i === k ? size : length))
  const twice = (k: number): number => Math.min(ends[k]!, chunks[k]! * 2)
  const half = (k: number): number => Math.max(1, Math.ceil(chunks[k]! / 2))
  chunks.forEach((_, k) => {
    found.push(changed(k, twice(k)), changed(k, half(k)), changed(k, ends[k]!))
    chunks.forEach((__, j) => {
      if (j !== k) found.push(changed(j, half(j), changed(k, twice(k))))
    })
  })
  return found
}

/** A pattern's own box, made as large as the rule says. */
function fitted(window: readonly number[], ends: readonly number[], itemBytes: number): number[] {
  const chunks = window.map((width, k) => Math.max(1, Math.min(width, ends[k]!)))
  const bytes = (): number => chunks.reduce((n, size) => n * size, itemBytes)
  while (bytes() > 2 * RULE_BYTES) {
    const longest = chunks.indexOf(Math.max(...chunks))
    if (chunks[longest]! <= 1) break
    chunks[longest] = Math.ceil(chunks[longest]! / 2)
  }
  while (bytes() * 2 <= RULE_BYTES) {
    const room = chunks.map((size, k) => ends[k]! / size)
    const widest = room.indexOf(Math.max(...room))
    if (room[widest]! <= 1) break
    chunks[widest] = Math.min(ends[widest]!, chunks[widest]! * 2)
  }
  return chunks
}

/**
 * Shards of whole chunks that make few files of a large array: the dimension with most chunks is doubled until they are
 * few or a shard is large. Null where there are few files anyway.
 */
export function shardShape(
  shape: readonly number[],
  chunks: readonly number[],
  itemBytes: number,
): number[] | null {
  const shard = [...chunks]
  const along = (k: number): number => Math.ceil(shape[k]! / shard[k]!)
  const files = (): number => shape.reduce((n, _, k) => n * along(k), 1)
  if (files() <= MANY_FILES) return null
  const bytes = (): number => shard.reduce((n, size) => n * size, itemBytes)
  while (files() > FEW_FILES && bytes() * 2 <= MOST_SHARD_BYTES) {
    const counts = shard.map((_, k) => along(k))
    const most = counts.indexOf(Math.max(...counts))
    shard[most] = shard[most]! * 2
  }
  return shard.every((size, k) => size === chunks[k]) ? null : shard
}
