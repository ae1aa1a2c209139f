import { useSelection } from '../state/selection'
import { useSession } from '../state/session'
import { useTabs } from '../state/tabs'
import { useRequest } from '../rpc/use-request'
import { Empty } from '../ui/states'
import { BytesSection } from './bytes-section'
import { CellSection } from './cell-section'
import classes from './inspector.module.css'
import { NodeSection } from './node-section'
import { SelectionSection } from './selection-section'

/** Facts of what is in front: the node, the focused cell and its chunk, the selected region. */
export function InspectorContainer() {
  const tab = useTabs((s) => s.tabs.find((t) => t.id === s.active))
  const store = useSession((s) => s.stores.find((one) => one.id === tab?.store))
  const { data: node, status } = useRequest(
    'node.get',
    tab && store ? { store: tab.store, path: tab.path } : null,
  )
  const selection = useSelection((s) => s.selection)
  const own = selection && selection.store === tab?.store && selection.path === tab.path ? selection : null

  if (!tab) return <Empty title="Nothing is open">Facts of the node in front appear here.</Empty>
  return (
    <div className={classes['inspector']}>
      {own?.cell && <CellSection selection={own} cell={own.cell} />}
      {own?.bytes && <BytesSection bytes={own.bytes} />}
      {own && own.ranges.length > 0 && <SelectionSection selection={own} />}
      {node && <NodeSection node={node} />}
      {status === 'error' && !node && (
        <Empty title="No facts">The metadata of this node cannot be read.</Empty>
      )}
    </div>
  )
}
