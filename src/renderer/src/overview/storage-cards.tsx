import { Button } from '@mantine/core'
import type { StoreInfo } from '@shared/model/host'
import type { NodeDetail, StorageCount } from '@shared/model/node'
import type { ReactNode } from 'react'
import { Fact, Facts } from '../inspector/section'
import { useRequest } from '../rpc/use-request'
import { CopyButton } from '../ui/copy-button'
import { formatBytes, formatCount, formatRatio, formatShare } from '../ui/format'
import { ShareBar } from '../ui/share-bar'
import { ErrorNote } from '../ui/states'
import { Card } from './card'
import classes from './overview.module.css'

/** The summary block and the storage count, which the last lines of the block wait for. */
export function StorageContainer({
  node,
  store,
  children,
}: {
  node: NodeDetail
  store: StoreInfo
  /** Places the two cards. */
  children: (summary: ReactNode, storage: ReactNode) => ReactNode
}) {
  const input = { store: store.id, path: node.path }
  const count = useRequest('node.storage', input, { job: `Count storage of /${node.path}` })
  const summary = useRequest('node.summary', count.data ? input : null)
  const latest = count.data ?? count.progress
  const text = summary.data?.text
  return children(
    <SummaryCard
      text={text ?? node.array?.summaryHead ?? `group /${node.path}`}
      waiting={text === undefined && summary.status !== 'error' && count.status === 'loading'}
      error={summary.status === 'error' ? { error: summary.error, retry: summary.retry } : null}
    />,
    <Card title="Storage" aside={<CountState count={count} />}>
      {count.status === 'error' && <ErrorNote error={count.error} onRetry={count.retry} compact />}
      <StorageFacts count={latest} node={node} />
    </Card>,
  )
}

function SummaryCard({
  text,
  waiting,
  error,
}: {
  text: string
  waiting: boolean
  error: { error: unknown; retry: () => void } | null
}) {
  return (
    <Card title="Summary" aside={<CopyButton text={text} label="Copy summary" />}>
      <pre className={classes['summary']} tabIndex={0} aria-busy={waiting}>
        {text.trimEnd()}
        {waiting && <span className={classes['waiting']}>{'\n'}counting what is stored…</span>}
      </pre>
      {error && <ErrorNote error={error.error} onRetry={error.retry} compact />}
    </Card>
  )
}

function CountState({
  count,
}: {
  count: { status: 'loading' | 'done' | 'error' | 'cancelled'; cancel: () => void; retry: () => void }
}) {
  if (count.status === 'loading')
    return (
      <span className={classes['countState']} data-counting>
        <span role="status">counting…</span>
        <Button size="compact-xs" variant="default" onClick={count.cancel}>
          Cancel
        </Button>
      </span>
    )
  if (count.status === 'cancelled')
    return (
      <span className={classes['countState']}>
        <span role="status">stopped, not complete</span>
        <Button size="compact-xs" variant="default" onClick={count.retry}>
          Count again
        </Button>
      </span>
    )
  return null
}

function StorageFacts({ count, node }: { count: StorageCount | undefined; node: NodeDetail }) {
  const nbytes = count?.nbytes ?? node.array?.nbytes
  const nchunks = count?.nchunks ?? node.array?.nchunks
  const sizes = count?.chunkBytes
  return (
    <>
      <ShareBar part={count?.initialized ?? 0} whole={nchunks ?? 0} label="Initialized chunks" />
      <Facts>
        <Fact name="initialized">
          {count ? formatCount(count.initialized) : '…'}/{nchunks === undefined ? '…' : formatCount(nchunks)}
          {count && nchunks ? `  ${formatShare(count.initialized, nchunks)}` : ''}
        </Fact>
        <Fact name="nbytes" title={nbytes === undefined ? '' : `${formatCount(nbytes)} bytes`}>
          {nbytes === undefined ? '…' : formatBytes(nbytes)}
        </Fact>
        <Fact name="nbytes stored" title={count ? `${formatCount(count.nbytesStored)} bytes` : ''}>
          {count ? formatBytes(count.nbytesStored) : '…'}
        </Fact>
        <Fact name="ratio">{count?.done ? formatRatio(count.nbytes, count.nbytesStored) : '…'}</Fact>
        <Fact name="files">{count ? formatCount(count.files) : '…'}</Fact>
        <Fact name="chunk size, mean">{sizes ? formatBytes(sizes.mean) : count?.done ? '–' : '…'}</Fact>
        <Fact name="smallest, largest">
          {sizes ? `${formatBytes(sizes.min)}, ${formatBytes(sizes.max)}` : count?.done ? '–' : '…'}
        </Fact>
      </Facts>
    </>
  )
}
