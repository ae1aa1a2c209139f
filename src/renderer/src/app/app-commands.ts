import type { CommandId } from '@shared/rpc/commands'
import { useEffect } from 'react'
import { call, useConnection } from '../rpc/connection'
import { useDialogs } from '../state/dialogs'
import { openedNode } from '../state/opened-node'
import { reportProblem } from '../state/problems'
import {
  activeStore,
  askAndClose,
  openSample,
  openTicket,
  pickAndOpen,
  refreshStore,
  useSession,
} from '../state/session'
import { changeSettings, useSettings } from '../state/settings'
import { closeTab, showView, useTabs } from '../state/tabs'
import { copyText } from '../ui/copy-text'
import { onCommand, runCommand } from './commands'
import { views } from './views'

const activeTab = () => {
  const { tabs, active } = useTabs.getState()
  return tabs.find((t) => t.id === active)
}
const hasStore = (): boolean => activeStore() !== undefined
const hasTab = (): boolean => activeTab() !== undefined

/** What the window itself does for the commands, as long as it is there. */
export function useAppCommands(): void {
  useEffect(() => {
    const off = [
      onCommand('file.openFolder', () => void pickAndOpen('folder')),
      onCommand('file.openZip', () => void pickAndOpen('zip')),
      onCommand('file.sample', () => void openSample()),
      onCommand('file.closeTab', () => closeTab(activeTab()?.id ?? ''), hasTab),
      onCommand('file.closeStore', () => askAndClose(activeStore()?.id ?? ''), hasStore),
      onCommand('edit.copyPath', () => void copyText(`/${activeTab()?.path ?? ''}`), hasTab),
      onCommand('view.explorer', () => toggle('explorerOpen'), hasStore),
      onCommand('view.inspector', () => toggle('inspectorOpen'), hasStore),
      onCommand('view.themeSystem', () => useDialogs.getState().setScheme('auto')),
      onCommand('view.themeLight', () => useDialogs.getState().setScheme('light')),
      onCommand('view.themeDark', () => useDialogs.getState().setScheme('dark')),
      onCommand('view.refresh', () => refreshStore(activeStore()?.id ?? ''), hasStore),
      onCommand('tools.palette', () => useDialogs.setState({ palette: 'commands' })),
      onCommand('tools.goToNode', () => useDialogs.setState({ palette: 'nodes' }), hasStores),
      onCommand('help.shortcuts', () => useDialogs.setState({ shortcuts: true })),
      onCommand('help.about', () => useDialogs.setState({ about: true })),
      ...views.map(({ name, command, supports }) =>
        onCommand(
          command satisfies CommandId,
          () => showView(useTabs.getState().active ?? '', name),
          () => {
            const node = openedNode()
            return node !== null && supports(node)
          },
        ),
      ),
    ]
    return () => off.forEach((stop) => stop())
  }, [])
}

/** Follows the native menu and the stores the host wants to see opened, over the present connection. */
export function useHostEvents(): void {
  const generation = useConnection((s) => s.generation)
  useEffect(() => {
    if (generation === 0) return
    const abort = new AbortController()
    call(
      'host.events',
      {},
      {
        signal: abort.signal,
        onProgress: (event) => {
          if (event.kind === 'command') runCommand(event.command)
          else void openTicket(event.ticket, 'the store')
        },
      },
    ).catch((error: unknown) => {
      // A lost connection has its own banner.
      if (useConnection.getState().status === 'ready') reportProblem(error)
    })
    return () => abort.abort()
  }, [generation])
}

const hasStores = (): boolean => useSession.getState().stores.length > 0

function toggle(key: 'explorerOpen' | 'inspectorOpen'): void {
  changeSettings({ [key]: !useSettings.getState()[key] })
}
