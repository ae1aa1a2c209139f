import { Badge, Tabs } from '@mantine/core'
import type { StoreInfo } from '@shared/model/host'
import type { NodeDetail } from '@shared/model/node'
import type { ViewName } from '../state/tabs'
import { dtypeLabel, formatShape } from '../ui/format'
import { ErrorNote } from '../ui/states'
import classes from './app.module.css'
import { keysOf } from './commands'
import { printKeys } from './keys'
import { isMac } from './use-hotkeys'
import { type ViewDefinition, views } from './views'

/** The row of views with the facts of the node at its right, and the chosen view below. */
export function NodePageView({
  node,
  store,
  view,
  stale,
  onView,
}: {
  node: NodeDetail
  store: StoreInfo
  view: ViewDefinition
  /** The last attempt to read the node again failed; what is shown is older. */
  stale: { error: unknown; retry: () => void } | null
  onView: (view: ViewName) => void
}) {
  const { View } = view
  return (
    <Tabs
      className={classes['page'] ?? ''}
      value={view.name}
      onChange={(value) => {
        if (value !== null) onView(value as ViewName)
      }}
      keepMounted={false}
    >
      <div className={classes['viewsRow']}>
        <Tabs.List aria-label="Views" className={classes['views'] ?? ''}>
          {(views as readonly ViewDefinition[])
            .filter((v) => v.supports(node))
            .map(({ name, Icon, command }) => (
              <Tabs.Tab
                key={name}
                value={name}
                leftSection={<Icon size={14} />}
                title={`${name} (${printKeys(keysOf(command) ?? '', isMac)})`}
              >
                {name}
              </Tabs.Tab>
            ))}
        </Tabs.List>
        <NodeFacts node={node} />
      </div>
      <Tabs.Panel value={view.name} className={classes['view'] ?? ''} tabIndex={-1}>
        {stale && (
          <div className={classes['stale']}>
            <ErrorNote error={stale.error} onRetry={stale.retry} compact />
          </div>
        )}
        <View node={node} store={store} />
      </Tabs.Panel>
    </Tabs>
  )
}

/** dtype, shape, format and compressor in one quiet line. */
function NodeFacts({ node }: { node: NodeDetail }) {
  const { array } = node
  const codecs = array?.codecs.filter((c) => c.stage === 'bytes-bytes').map((c) => c.name) ?? []
  return (
    <div className={classes['facts']}>
      {array && (
        <>
          <Fact text={dtypeLabel(array.dtypeName)} />
          <Fact text={formatShape(array.shape)} />
          {codecs.length > 0 && <Fact text={codecs.join(' · ')} />}
        </>
      )}
      {array?.shards && (
        <Badge size="sm" variant="default" className={classes['badge'] ?? ''}>
          sharded
        </Badge>
      )}
      <Badge size="sm" variant="default" className={classes['badge'] ?? ''}>
        v{node.zarrFormat}
      </Badge>
    </div>
  )
}

const Fact = ({ text }: { text: string }) => (
  <span className={classes['mono']} title={text}>
    {text}
  </span>
)
