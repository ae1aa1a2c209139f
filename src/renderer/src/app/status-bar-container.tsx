import { useConnection } from '../rpc/connection'
import { useJobs } from '../state/jobs'
import { clearProblems, useProblems } from '../state/problems'
import { EditsBarContainer } from '../edits/edits-bar-container'
import { HostJobsContainer } from '../jobs/host-jobs-container'
import { useEdits } from '../state/edits'
import { useActiveStore, useSession } from '../state/session'
import { openTab } from '../state/tabs'
import { StatusBarView } from './status-bar-view'

/** The status bar of this window: its connection, jobs, problems and the store in front. */
export function StatusBarContainer() {
  const { status, host } = useConnection()
  const problems = useProblems((s) => s.problems)
  const jobs = useJobs((s) => s.jobs)
  const store = useActiveStore()
  const frozen = useEdits((s) => (store ? s.byStore[store.id]?.frozen : undefined)) ?? null
  const opening = useSession((s) => s.opening)
  return (
    <StatusBarView
      connection={status}
      opening={opening}
      edits={<EditsBarContainer />}
      jobs={jobs}
      hostJobs={<HostJobsContainer />}
      problems={problems}
      onProblem={({ node }) => {
        if (node) openTab(node.store, node.path)
      }}
      onClearProblems={clearProblems}
      workers={host?.workers ?? null}
      store={
        store
          ? {
              kind: store.kind,
              readOnly: store.readOnly || frozen !== null || (host?.readOnly ?? false),
              frozen,
            }
          : null
      }
    />
  )
}
