/** The jobs of the host: they are written at once, go on while pages are loaded anew, and end with a sentence. */
import { notifications } from '@mantine/notifications'
import { isAborted } from '@shared/errors'
import type { JobInfo, JobSpec } from '@shared/model/jobs'
import { create } from 'zustand'
import { call } from '../rpc/connection'
import { reportProblem } from './problems'
import { openTicket, useSession } from './session'
import { openTab } from './tabs'

/** Newest first; `open` is whether the panel shows. */
export const useHostJobs = create<{ jobs: JobInfo[]; open: boolean }>(() => ({ jobs: [], open: false }))

/** Follows the jobs over the present connection until the returned function is called. */
export function followHostJobs(): () => void {
  const abort = new AbortController()
  let known: ReadonlyMap<number, JobInfo['state']> | undefined
  call(
    'jobs.watch',
    {},
    {
      signal: abort.signal,
      onProgress: (jobs) => {
        for (const job of jobs)
          if (known && job.endedAt !== null && known.get(job.id) !== job.state) tell(job)
        known = new Map(jobs.map(({ id, state }) => [id, state]))
        useHostJobs.setState({ jobs })
      },
    },
  ).catch((error: unknown) => {
    if (!abort.signal.aborted && !isAborted(error)) reportProblem(error)
  })
  return () => abort.abort()
}

/** Problems that the newest verification of a node, or of a group above it, found at the node itself. */
export function problemsFound(jobs: readonly JobInfo[], store: string, path: string): number {
  const newest = jobs.find(
    ({ spec, problems }) =>
      spec.kind === 'verify' &&
      problems !== undefined &&
      spec.source.store === store &&
      (spec.source.path === '' || `${path}/`.startsWith(`${spec.source.path}/`)),
  )
  return newest?.problems?.filter(({ node }) => node === path).length ?? 0
}

/** Rejects with what is wrong with the job; nothing was begun then. */
export async function startHostJob(job: JobSpec): Promise<void> {
  await call('jobs.start', { job })
}

/** Takes a step of a job of the host; a refusal is listed as a problem. */
export function stepHostJob(step: 'pause' | 'resume' | 'cancel' | 'forget', id: number): void {
  call(`jobs.${step}`, { id }).catch((error: unknown) => reportProblem(error))
}

/** Shows what came out of a job. */
export function openResult({ result }: JobInfo): void {
  if (!result) return
  useHostJobs.setState({ open: false })
  if ('store' in result) return openTab(result.store, result.path, { keep: true })
  void openTicket(result.ticket, 'the result').then(() => {
    const opened = useSession.getState().stores.at(-1)
    if (opened && result.path !== '') openTab(opened.id, result.path, { keep: true })
  })
}

function tell({ label, state, message, problems }: JobInfo): void {
  const isWell = (problems?.length ?? 0) === 0
  if (state === 'failed') reportProblem(new Error(`${label}: ${message ?? ''}`))
  // The open panel says it already.
  if (useHostJobs.getState().open) return
  notifications.show({
    title: label,
    message: message ?? '',
    color: state === 'failed' ? 'red' : state !== 'done' ? 'gray' : isWell ? 'green' : 'orange',
  })
}
