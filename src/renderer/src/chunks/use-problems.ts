import type { ChunkProblem } from '@shared/model/chunk-map'
import type { ArrayDetail } from '@shared/model/node'
import { useMemo } from 'react'

export interface Problems {
  list: ChunkProblem[]
  /** Chunks that cannot be decoded as "1,0,3", and why. */
  byChunk: ReadonlyMap<string, string>
  /** Why a chunk cannot be decoded: itself, or the shard that it lies in. */
  whyOf: (coords: readonly number[]) => string | undefined
}

/** Everything that is known to be wrong with chunks: found by the survey, by the listing, or by looking at one. */
export function useProblems(
  array: Pick<ArrayDetail, 'chunks' | 'shards'>,
  seen: ReadonlyMap<string, string>,
  surveyed: readonly ChunkProblem[] | undefined,
  unreadable: readonly ChunkProblem[] | undefined,
): Problems {
  const { chunks, shards } = array
  return useMemo(() => {
    const byKey = new Map<string, ChunkProblem>()
    const add = (problem: ChunkProblem): void => void byKey.set(problem.coords.join(','), problem)
    for (const [id, message] of seen)
      add({ coords: id === '' ? [] : id.split(',').map(Number), key: '', message })
    for (const problem of [...(surveyed ?? []), ...(unreadable ?? [])]) add(problem)
    const whole = new Map((unreadable ?? []).map(({ coords, message }) => [coords.join(','), message]))
    const byChunk = new Map(
      [...byKey].flatMap(([id, { message }]) => (whole.has(id) ? [] : [[id, message] as const])),
    )
    const whyOf = (coords: readonly number[]): string | undefined =>
      byChunk.get(coords.join(',')) ?? whole.get(firstInShard(coords, chunks, shards).join(','))
    return { list: [...byKey.values()], byChunk, whyOf }
  }, [chunks, shards, seen, surveyed, unreadable])
}

/** The chunk that a shard is told by. */
function firstInShard(
  coords: readonly number[],
  chunks: readonly number[],
  shards: readonly number[] | null,
): number[] {
  return coords.map((c, k) => {
    const inside = Math.max(1, Math.round((shards?.[k] ?? 1) / (chunks[k] ?? 1)))
    return c - (c % inside)
  })
}
