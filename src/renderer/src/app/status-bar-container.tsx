import { useConnection } from '../rpc/connection'
import { useJobs } from '../state/jobs'
import { clearProblems, useProblems } from '../state/problems'
import { useSession } from '../state/session'
import { openTab, useTabs } from '../state/tabs'
import { StatusBarView } from './status-bar-view'

export function StatusBarContainer() {
  const { status, host } = useConnection()
  const problems = useProblems((s) => s.problems)
  const jobs = useJobs((s) => s.jobs)
  const tab = useTabs((s) => s.tabs.find((t) => t.id === s.active))
  const store = useSession((s) => s.stores.find((one) => one.id === tab?.store) ?? s.stores[0])
  const opening = useSession((s) => s.opening)
  return (
    <StatusBarView
      connection={status}
      opening={opening}
      jobs={jobs}
      problems={problems}
      onProblem={({ node }) => {
        if (node) openTab(node.store, node.path)
      }}
      onClearProblems={clearProblems}
      workers={host?.workers ?? null}
      store={store ? { kind: store.kind, readOnly: store.readOnly || (host?.readOnly ?? false) } : null}
    />
  )
}
