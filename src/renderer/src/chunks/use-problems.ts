import type { ChunkProblem } from '@shared/model/chunk-map'
import { useMemo } from 'react'

/** Everything that is known to be wrong with chunks: found by the survey, by the listing, or by looking at one. */
export function useProblems(
  seen: ReadonlyMap<string, string>,
  surveyed: readonly ChunkProblem[] | undefined,
  unreadable: readonly ChunkProblem[] | undefined,
): { list: ChunkProblem[]; byChunk: ReadonlyMap<string, string> } {
  return useMemo(() => {
    const byKey = new Map<string, ChunkProblem>()
    const add = (problem: ChunkProblem): void => void byKey.set(problem.coords.join(','), problem)
    for (const [id, message] of seen)
      add({ coords: id === '' ? [] : id.split(',').map(Number), key: '', message })
    for (const problem of [...(surveyed ?? []), ...(unreadable ?? [])]) add(problem)
    const whole = new Set((unreadable ?? []).map(({ coords }) => coords.join(',')))
    const byChunk = new Map(
      [...byKey].flatMap(([id, { message }]) => (whole.has(id) ? [] : [[id, message] as const])),
    )
    return { list: [...byKey.values()], byChunk }
  }, [seen, surveyed, unreadable])
}
