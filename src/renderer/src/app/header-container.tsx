import { useMantineColorScheme } from '@mantine/core'
import { useDialogs } from '../state/dialogs'
import { useSession } from '../state/session'
import { openTab, useTabs } from '../state/tabs'
import { HeaderView } from './header-view'

/** Path of the node in front, the palette and the theme. */
export function HeaderContainer() {
  const tab = useTabs((s) => s.tabs.find((t) => t.id === s.active))
  const store = useSession((s) => s.stores.find((one) => one.id === tab?.store) ?? s.stores[0])
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <HeaderView
      storeName={store?.name ?? null}
      path={tab && tab.store === store?.id ? tab.path : null}
      scheme={colorScheme}
      onScheme={setColorScheme}
      onPath={(path) => {
        if (store) openTab(store.id, path)
      }}
      onPalette={() => useDialogs.setState({ palette: 'commands' })}
    />
  )
}
