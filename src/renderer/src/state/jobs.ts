import { create } from 'zustand'

/** Something that takes long: shown in the status bar, can be cancelled. */
export interface Job {
  id: number
  name: string
  startedAt: number
  /** Share done, 0 to 1; absent where the end is not known. */
  done?: number
  cancel: () => void
}

export const useJobs = create<{ jobs: Job[] }>(() => ({ jobs: [] }))

let nextId = 1

/** Registers a job and answers its id. */
export function startJob(job: Pick<Job, 'name' | 'cancel'>): number {
  const id = nextId++
  useJobs.setState((s) => ({ jobs: [...s.jobs, { ...job, id, startedAt: Date.now() }] }))
  return id
}

/** Tells how much of a job is done, 0 to 1. */
export function updateJob(id: number, done: number): void {
  useJobs.setState((s) => ({ jobs: s.jobs.map((j) => (j.id === id ? { ...j, done } : j)) }))
}

export function endJob(id: number): void {
  useJobs.setState((s) => ({ jobs: s.jobs.filter((j) => j.id !== id) }))
}
