import { useSession } from '../state/session'
import { useTabs } from '../state/tabs'
import { Empty } from '../ui/states'
import { NodePageContainer } from './node-page-container'
import { NodeTabs } from './node-tabs'

/** The open nodes and the one in front. */
export function NodeArea() {
  const tab = useTabs((s) => s.tabs.find((t) => t.id === s.active))
  const store = useSession((s) => s.stores.find((one) => one.id === tab?.store))
  if (!tab || !store) {
    return <Empty title="No node is open">Choose a group or an array in the explorer.</Empty>
  }
  return (
    <>
      <NodeTabs />
      <NodePageContainer key={tab.id} tab={tab} store={store} />
    </>
  )
}
