import { useViewportSize } from '@mantine/hooks'
import { useEffect, useRef } from 'react'
import { Group, Panel, type PanelImperativeHandle, Separator } from 'react-resizable-panels'
import { ExplorerContainer } from '../explorer/explorer-container'
import { InspectorContainer } from '../inspector/inspector-container'
import { changeSettings, useSettings } from '../state/settings'
import classes from './app.module.css'
import { NodeArea } from './node-area'

/** Below these window widths a panel closes by itself, and comes back when there is room again. */
const EXPLORER_FITS = 720
const INSPECTOR_FITS = 1000

/** Explorer, tabs and Inspector beside each other; panels resize, collapse and remember their width. */
export function Workbench() {
  const settings = useSettings()
  const { width } = useViewportSize()
  useFit(width)
  const explorer = usePanel(settings.explorerOpen, settings.explorerWidth)
  const inspector = usePanel(settings.inspectorOpen, settings.inspectorWidth)
  // What a person drags is remembered; what the window's size does to the panels is not.
  function onLayoutChanged(_layout: unknown, meta: { isUserInteraction: boolean }): void {
    if (!meta.isUserInteraction) return
    remember('explorer', explorer.current)
    remember('inspector', inspector.current)
  }
  return (
    <Group
      className={classes['panels']}
      orientation="horizontal"
      id="workbench"
      onLayoutChanged={onLayoutChanged}
    >
      <Panel
        id="explorer-panel"
        panelRef={explorer}
        collapsible
        collapsedSize={0}
        minSize={150}
        maxSize="60%"
        defaultSize={settings.explorerOpen ? settings.explorerWidth : 0}
        groupResizeBehavior="preserve-pixel-size"
      >
        <section aria-label="Explorer" className={classes['side']} hidden={!settings.explorerOpen}>
          <h2 className={classes['panelTitle']}>Explorer</h2>
          <div className={classes['sideBody']}>
            <ExplorerContainer />
          </div>
        </section>
      </Panel>
      <Separator className={classes['separator']} aria-label="Resize the explorer" />
      <Panel id="main-panel" minSize={260}>
        <main className={classes['main']}>
          <NodeArea />
        </main>
      </Panel>
      <Separator className={classes['separator']} aria-label="Resize the inspector" />
      <Panel
        id="inspector-panel"
        panelRef={inspector}
        collapsible
        collapsedSize={0}
        minSize={190}
        maxSize="60%"
        defaultSize={settings.inspectorOpen ? settings.inspectorWidth : 0}
        groupResizeBehavior="preserve-pixel-size"
      >
        <aside className={classes['side']} aria-label="Inspector" hidden={!settings.inspectorOpen}>
          <h2 className={classes['panelTitle']}>Inspector</h2>
          <div className={classes['sideBody']}>
            <InspectorContainer />
          </div>
        </aside>
      </Panel>
    </Group>
  )
}

/** Follows the wish to see a panel; dragging a panel shut is such a wish too. */
function usePanel(open: boolean, width: number) {
  const ref = useRef<PanelImperativeHandle>(null)
  useEffect(() => {
    const panel = ref.current
    if (!panel || open !== panel.isCollapsed()) return
    if (open) panel.resize(width)
    else panel.collapse()
  }, [open, width])
  return ref
}

function remember(panel: 'explorer' | 'inspector', handle: PanelImperativeHandle | null): void {
  if (!handle) return
  const open = !handle.isCollapsed()
  const width = open ? { [`${panel}Width`]: Math.round(handle.getSize().inPixels) } : {}
  changeSettings({ [`${panel}Open`]: open, ...width })
}

/** Closes panels as the window gets too narrow for them and opens again what it closed. */
function useFit(width: number): void {
  const closed = useRef({ explorer: false, inspector: false })
  useEffect(() => {
    if (width === 0) return
    fit('explorer', width >= EXPLORER_FITS, closed.current)
    fit('inspector', width >= INSPECTOR_FITS, closed.current)
  }, [width])
}

function fit(
  panel: 'explorer' | 'inspector',
  fits: boolean,
  closed: { explorer: boolean; inspector: boolean },
): void {
  const open = useSettings.getState()[`${panel}Open`]
  if (!fits && open && !closed[panel]) {
    closed[panel] = true
    changeSettings({ [`${panel}Open`]: false })
  }
  if (fits && closed[panel]) {
    closed[panel] = false
    changeSettings({ [`${panel}Open`]: true })
  }
}
