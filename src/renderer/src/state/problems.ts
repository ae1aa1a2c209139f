import { isAborted } from '@shared/errors'
import { create } from 'zustand'

export interface Problem {
  id: number
  /** One sentence. */
  message: string
  /** Where it belongs, so that the list can lead there. */
  node?: { store: string; path: string }
  at: number
}

export const useProblems = create<{ problems: Problem[] }>(() => ({ problems: [] }))

const LIMIT = 200
let nextId = 1

export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error || (typeof thrown === 'object' && thrown !== null && 'message' in thrown)
    ? String(thrown.message)
    : String(thrown)

/** Adds a failure to the list of the status bar; one that is there already is only moved up. */
export function reportProblem(thrown: unknown, node?: Problem['node']): void {
  if (isAborted(thrown)) return
  const message = messageOf(thrown)
  useProblems.setState(({ problems }) => {
    const others = problems.filter(
      (p) => p.message !== message || p.node?.store !== node?.store || p.node?.path !== node?.path,
    )
    const added = { id: nextId++, message, at: Date.now(), ...(node ? { node } : {}) }
    return { problems: [added, ...others].slice(0, LIMIT) }
  })
}

export const clearProblems = (): void => useProblems.setState({ problems: [] })
