import { useMantineColorScheme } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { LinkDialog } from '../attributes/link-dialog'
import { CloseDialog, DiscardDialog } from '../edits/discard-dialog'
import { EditNotices } from '../edits/edit-notices'
import { ReviewDialog } from '../edits/review-dialog'
import { useEditCommands } from '../edits/use-edit-commands'
import { useStoreFollows } from '../edits/use-store-follows'
import { FolderDialogContainer } from '../welcome/folder-dialog-container'
import { WelcomeContainer } from '../welcome/welcome-container'
import { PaletteContainer } from '../palette/palette-container'
import { useConnection } from '../rpc/connection'
import { StructureDialogs } from '../structure/structure-dialogs'
import { useStructureCommands } from '../structure/use-structure-commands'
import { useDialogs } from '../state/dialogs'
import { openTicket, reopenStores, useSession } from '../state/session'
import { useTabs } from '../state/tabs'
import { AboutDialog } from './about-dialog'
import { useAppCommands, useHostEvents } from './app-commands'
import classes from './app.module.css'
import { AppView } from './app-view'
import { DropTarget } from './drop-target'
import { HeaderContainer } from './header-container'
import { OpenError } from './open-error'
import { LostBanner } from './lost-banner'
import { ShortcutsDialog } from './shortcuts-dialog'
import { StatusBarContainer } from './status-bar-container'
import { useCommandKeys } from './use-hotkeys'
import { Workbench } from './workbench'

/** The whole window: connects, opens what the host names, and decides between Welcome and the workbench. */
export function AppContainer() {
  useAppCommands()
  useCommandKeys()
  useHostEvents()
  useSchemeCommand()
  useStores()
  useStoreFollows()
  useEditCommands()
  useStructureCommands()
  useTitle()
  const hasStores = useSession((s) => s.stores.length > 0)
  return (
    <>
      <AppView
        header={<HeaderContainer />}
        banner={
          <>
            <LostBanner />
            <OpenError />
            <EditNotices />
          </>
        }
        body={hasStores ? <Workbench /> : <WelcomeContainer />}
        statusBar={<StatusBarContainer />}
      />
      <DropTarget />
      <PaletteContainer />
      <FolderDialogContainer />
      <ShortcutsDialog />
      <AboutDialog />
      <LinkDialog />
      <ReviewDialog />
      <StructureDialogs />
      <DiscardDialog />
      <CloseDialog />
      <Notifications
        position="bottom-right"
        limit={3}
        autoClose={4000}
        className={classes['notifications'] ?? ''}
      />
    </>
  )
}

/** Opens the stores the host was started with; after a reconnection, those that were open. */
function useStores(): void {
  const generation = useConnection((s) => s.generation)
  useEffect(() => {
    if (generation === 0) return
    if (useSession.getState().stores.length > 0) void reopenStores()
    else void openNamed(useConnection.getState().host?.open ?? [])
  }, [generation])
}

async function openNamed(tickets: readonly string[]): Promise<void> {
  for (const ticket of tickets) await openTicket(ticket, 'the store')
}

function useSchemeCommand(): void {
  const { setColorScheme } = useMantineColorScheme()
  useEffect(() => useDialogs.setState({ setScheme: setColorScheme }), [setColorScheme])
}

function useTitle(): void {
  const stores = useSession((s) => s.stores)
  const active = useTabs((s) => s.tabs.find((t) => t.id === s.active)?.store)
  const store = stores.find((s) => s.id === active) ?? stores[0]
  useEffect(() => {
    document.title = store ? `${store.name} — Zarrscope` : 'Zarrscope'
  }, [store])
}
