import { ActionIcon } from '@mantine/core'
import { IconFolder, IconGridDots, IconX } from '@tabler/icons-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useSession } from '../state/session'
import { activateTab, closeTab, keepTab, type NodeTab, useTabs } from '../state/tabs'
import { nodeId, treeNode } from '../state/tree'
import { printable } from '../ui/format'
import classes from './app.module.css'

/** One button per open node; the views of a node are the ARIA tabs, so these are a list that says which is current. */
export function NodeTabs() {
  const { tabs, active } = useTabs()
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const shown = list.current?.querySelector('[aria-current]')?.closest('li')
    shown?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [active])

  function onKeyDown(e: KeyboardEvent<HTMLUListElement>): void {
    const buttons = [...e.currentTarget.querySelectorAll<HTMLElement>('[data-tab]')]
    const at = buttons.findIndex((b) => b === document.activeElement)
    if (at < 0) return
    const tab = tabs[at]
    if (e.key === 'ArrowRight') buttons[(at + 1) % buttons.length]?.focus()
    else if (e.key === 'ArrowLeft') buttons.at(at - 1)?.focus()
    else if (e.key === 'Delete' && tab) {
      closeTab(tab.id)
      buttons[at + 1 < buttons.length ? at + 1 : at - 1]?.focus()
    } else return
    e.preventDefault()
  }

  return (
    <nav aria-label="Open nodes" className={classes['tabs']}>
      <ul ref={list} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <Tab key={tab.id} tab={tab} active={tab.id === active} />
        ))}
      </ul>
    </nav>
  )
}

function Tab({ tab, active }: { tab: NodeTab; active: boolean }) {
  const store = useSession((s) => s.stores.find((one) => one.id === tab.store))
  const name = printable(tab.path === '' ? (store?.name ?? '/') : (tab.path.split('/').at(-1) ?? ''))
  const isArray = treeNode(nodeId(tab.store, tab.path))?.summary.kind === 'array'
  const Icon = isArray ? IconGridDots : IconFolder
  return (
    <li className={classes['tab']} data-active={active || undefined} data-preview={tab.preview || undefined}>
      <button
        type="button"
        data-tab
        tabIndex={active ? 0 : -1}
        aria-current={active ? 'page' : undefined}
        title={`${store?.name ?? ''} /${printable(tab.path)}${tab.preview ? '\nDouble-click to keep it open' : ''}`}
        onClick={() => activateTab(tab.id)}
        onDoubleClick={() => keepTab(tab.id)}
        onAuxClick={(e) => {
          if (e.button === 1) closeTab(tab.id)
        }}
      >
        <Icon size={13} aria-hidden />
        <span className={classes['tabName']}>{name}</span>
      </button>
      <ActionIcon
        size={18}
        color="gray"
        tabIndex={-1}
        aria-label={`Close ${name}`}
        title="Close"
        className={classes['tabClose']}
        onClick={() => closeTab(tab.id)}
      >
        <IconX size={12} />
      </ActionIcon>
    </li>
  )
}
