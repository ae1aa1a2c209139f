import type { StoreInfo } from '@shared/model/host'
import { useEffect } from 'react'
import { useRequest } from '../rpc/use-request'
import { reportProblem } from '../state/problems'
import { type NodeTab, showView } from '../state/tabs'
import { rememberNodes } from '../state/tree'
import { ErrorNote, Loading } from '../ui/states'
import classes from './app.module.css'
import { NodePageView } from './node-page-view'
import { UnreadableDocuments } from './unreadable-documents'
import { effectiveView } from './views'

/** Reads the node of a tab; metadata that cannot be read is an alert in the place of the view. */
export function NodePageContainer({ tab, store }: { tab: NodeTab; store: StoreInfo }) {
  const { status, data, error, retry } = useRequest('node.get', { store: tab.store, path: tab.path })
  useEffect(() => {
    if (data) rememberNodes(tab.store, [data])
  }, [data, tab.store])
  useEffect(() => {
    if (status === 'error') reportProblem(error, { store: tab.store, path: tab.path })
  }, [status, error, tab.store, tab.path])

  if (!data) {
    return (
      <div className={classes['waiting']}>
        {status === 'error' ? (
          <>
            <ErrorNote error={error} onRetry={retry} />
            <UnreadableDocuments store={tab.store} path={tab.path} error={error} />
          </>
        ) : (
          <Loading what={`Reading /${tab.path}`} />
        )}
      </div>
    )
  }
  return (
    <NodePageView
      node={data}
      store={store}
      view={effectiveView(tab.view, data)}
      stale={status === 'error' ? { error, retry } : null}
      onView={(view) => showView(tab.id, view)}
    />
  )
}
